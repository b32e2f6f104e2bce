import { RelativeTime, StatusChip } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import type { Alarm } from './api.ts';
import css from './sensing.module.css';
import { toneOfAlarm, useSensingWords } from './words.ts';

/** Alarms with the orders they opened; of one device, or of all in view. */
export function AlarmTable({ rows, isOfOne = false }: { rows: readonly Alarm[]; isOfOne?: boolean }) {
  const { t, tk } = useText();
  const words = useSensingWords();
  return (
    <div className={css.scroll} role="group" aria-label={t('sensing.alarms')} tabIndex={0}>
      <table className={css.table}>
        <caption className="gz-hidden">{t('sensing.alarms')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('sensing.what')}</th>
            {!isOfOne && <th scope="col">{t('sensing.device')}</th>}
            <th scope="col">{t('sensing.since')}</th>
            <th scope="col">{t('sensing.order')}</th>
            <th scope="col">{t('sensing.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((alarm) => (
            <tr key={alarm.id}>
              <td>{words.rule(alarm.ruleCode)}</td>
              {!isOfOne && (
                <td>
                  <Link {...url.devices({ device: alarm.deviceId, in: alarm.scopeId })}>
                    {alarm.deviceLabel}
                  </Link>
                  <span className={css.below}>{alarm.scopeName}</span>
                </td>
              )}
              <td>
                <RelativeTime at={alarm.since} />
              </td>
              <td>
                {alarm.order === null ? (
                  <span className={css.quiet}>{t('sensing.noOrder')}</span>
                ) : (
                  <>
                    <Link {...url.order(alarm.scopeId, alarm.order.id)}>{alarm.order.number}</Link>
                    <span className={css.below}>
                      {[
                        alarm.order.status === null ? '' : tk(`console.status.${alarm.order.status}`),
                        alarm.order.assigneeName ?? '',
                      ]
                        .filter((part) => part !== '')
                        .join(' · ')}
                    </span>
                  </>
                )}
              </td>
              <td>
                <StatusChip tone={toneOfAlarm(alarm)} word={words.outcome(alarm)} />
                {alarm.returnCount > 0 && (
                  <span className={css.below}>{t('sensing.returned', { count: alarm.returnCount })}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

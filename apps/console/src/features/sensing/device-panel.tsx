import { RelativeTime, Segmented, StatusChip, useNow } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { AlarmTable } from './alarm-table.tsx';
import { type DeviceDetail, sensingApi } from './api.ts';
import { ChangeDevice, DeviceSecret } from './device-forms.tsx';
import { ReadingPlot } from './reading-plot.tsx';
import css from './sensing.module.css';
import { toneOfDevice, useSensingWords } from './words.ts';
import { Pending } from '../../components/pending.tsx';

/** One device: how it stands, what it said, what came of it. */
export function DevicePanel({ scopeId, id }: { scopeId: string; id: string }) {
  const text = useText();
  const { t, tk } = text;
  const words = useSensingWords();
  const found = useQuery({
    queryKey: [...queryKeys.devices, 'one', id],
    queryFn: () => sensingApi.device(scopeId, id),
    placeholderData: keepPreviousData,
  });
  if (!found.isSuccess) return <Pending of={found} lines={6} />;
  const { data } = found;
  const { device } = data;
  return (
    <div className={css.panel}>
      <header className={css.part}>
        <h2 className={css.name}>{device.label}</h2>
        <p className={css.line}>
          <StatusChip tone={toneOfDevice[device.state]} word={t(`sensing.states.${device.state}`)} />
          <span>{t(`sensing.kinds.${device.kind}`)}</span>
          {device.lastValue !== null && <strong>{words.value(device.kind, device.lastValue)}</strong>}
        </p>
        <p className={css.quiet}>
          {[device.scopeName, device.placeLabel, device.spot].filter((part) => part !== '').join(' · ')}
          {data.gatewayLabel !== null && ` · ${t('sensing.gateway')} ${data.gatewayLabel}`}
        </p>
        <p className={css.quiet}>
          {t('sensing.heard')}{' '}
          {device.lastSeenAt === null ? t('sensing.neverHeard') : <RelativeTime at={device.lastSeenAt} />}
        </p>
        {!device.hasSecret && device.gatewayId === null && device.retiredAt === null && (
          <p className={css.quiet}>{t('sensing.noSecret')}</p>
        )}
        {device.clockOffAt !== null && (
          <p className={css.warning}>{t('sensing.clockOff', { when: text.exact(device.clockOffAt) })}</p>
        )}
        {device.fault !== null && (
          <p className={css.warning}>
            {t('sensing.fault', { count: device.faultCount, fault: tk(`sensing.faults.${device.fault}`) })}
          </p>
        )}
        {data.mayManage && device.retiredAt === null && (
          <div className={css.line}>
            <ChangeDevice key={device.version} device={device} />
            <DeviceSecret key={device.id} device={device} />
          </div>
        )}
      </header>
      {data.measures !== 'none' && <Readings key={device.id} detail={data} />}
      <section className={css.part} aria-label={t('sensing.rulesHere')}>
        <h3 className={css.heading}>{t('sensing.rulesHere')}</h3>
        <dl className={css.rules}>
          {data.rules.map((rule) => (
            <div key={rule.code}>
              <dt>{words.rule(rule.code)}</dt>
              <dd>
                {words.raise(rule)}
                <span className={css.quiet}> {t(`sensing.levels.${rule.level}`)}</span>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className={css.part} aria-label={t('sensing.alarms')}>
        <h3 className={css.heading}>{t('sensing.alarms')}</h3>
        {data.alarms.length === 0 ? (
          <p className={css.quiet}>{t('sensing.noAlarms')}</p>
        ) : (
          <AlarmTable rows={data.alarms} isOfOne />
        )}
      </section>
    </div>
  );
}

const spans = ['6', '24', '168'] as const;
const HOUR_MS = 3_600_000;
/** A plot asks anew once a minute, and whenever something changed. */
const STEP_MS = 60_000;
const shownPieces = 8;

function Readings({ detail }: { detail: DeviceDetail }) {
  const { t, exact } = useText();
  const words = useSensingWords();
  const { device, deletedBefore } = detail;
  const [span, setSpan] = useState<(typeof spans)[number]>('6');
  const end = Math.ceil(useNow() / STEP_MS) * STEP_MS;
  const from = new Date(end - Number(span) * HOUR_MS).toISOString();
  const to = new Date(end).toISOString();
  const plot = useQuery({
    queryKey: [...queryKeys.devices, 'plot', device.id, span, to],
    queryFn: () => sensingApi.plot(device.id, { scopeId: device.scopeId, from, to }),
    placeholderData: keepPreviousData,
  });
  const points = plot.data?.points ?? [];
  return (
    <section className={css.part} aria-label={t('sensing.plot')}>
      <div className={css.head}>
        <h3 className={css.heading}>{t('sensing.plot')}</h3>
        <Segmented
          label={t('sensing.span')}
          isLabelHidden
          value={span}
          options={spans.map((value) => ({ value, label: t(`sensing.spans.${value}`) }))}
          onChange={setSpan}
        />
      </div>
      <Pending of={plot} lines={4} />
      {plot.isSuccess && points.length === 0 && <p className={css.quiet}>{t('sensing.noReadings')}</p>}
      {plot.data !== undefined && points.length > 0 && (
        <>
          <ReadingPlot detail={detail} plot={plot.data} />
          <table className={css.table}>
            <caption className="gz-hidden">{t('sensing.plot')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('sensing.at')}</th>
                <th scope="col">{t('sensing.value')}</th>
              </tr>
            </thead>
            <tbody>
              {points
                .slice(-shownPieces)
                .toReversed()
                .map(({ at, least, most }) => (
                  <tr key={at}>
                    <td>{exact(at)}</td>
                    <td>
                      {least === most
                        ? words.value(device.kind, most)
                        : t('sensing.range', {
                            least: words.value(device.kind, least),
                            most: words.value(device.kind, most),
                          })}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </>
      )}
      {deletedBefore !== null && deletedBefore > from && (
        <p className={css.quiet}>{t('sensing.deletedBefore', { when: exact(deletedBefore) })}</p>
      )}
    </section>
  );
}

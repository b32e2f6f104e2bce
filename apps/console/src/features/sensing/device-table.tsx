import { cx, RelativeTime, StatusChip } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { url } from '../../app/routes.ts';
import type { DevicesSearch } from '../../app/routes-devices.ts';
import { useText } from '../../app/text.ts';
import type { Device } from './api.ts';
import css from './sensing.module.css';
import { toneOfDevice, useSensingWords } from './words.ts';

export function DeviceTable({
  rows,
  search,
  showsScope,
}: {
  rows: readonly Device[];
  search: DevicesSearch;
  showsScope: boolean;
}) {
  const { t } = useText();
  const words = useSensingWords();
  return (
    <div className={css.scroll} role="group" aria-label={t('sensing.title')} tabIndex={0}>
      <table className={css.table}>
        <caption className="gz-hidden">{t('sensing.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('sensing.device')}</th>
            <th scope="col">{t('sensing.state')}</th>
            <th scope="col">{t('sensing.reading')}</th>
            <th scope="col">{t('sensing.heard')}</th>
            <th scope="col">{t('sensing.place')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((device) => (
            <tr key={device.id} className={cx(device.id === search.device && css.open)}>
              <th scope="row">
                <Link {...url.devices({ ...search, device: device.id, in: device.scopeId })}>
                  {device.label}
                </Link>
                <span className={css.below}>{t(`sensing.kinds.${device.kind}`)}</span>
              </th>
              <td>
                <StatusChip tone={toneOfDevice[device.state]} word={t(`sensing.states.${device.state}`)} />
              </td>
              <td className={css.number}>
                {device.lastValue === null ? '' : words.value(device.kind, device.lastValue)}
              </td>
              <td className={css.quiet}>
                {device.lastSeenAt === null ? (
                  t('sensing.neverHeard')
                ) : (
                  <RelativeTime at={device.lastSeenAt} />
                )}
              </td>
              <td>
                {[device.placeLabel, device.spot].filter((part) => part !== '').join(' · ')}
                {showsScope && <span className={css.below}>{device.scopeName}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

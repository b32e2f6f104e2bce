import { RelativeTime, StatusChip, type Tone } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import type { Delivery } from '../../api-types.ts';
import { url } from '../../app/routes.ts';
import { type Text, useText } from '../../app/text.ts';
import css from './delivery-table.module.css';

const tones: Record<Delivery['state'], Tone> = {
  waiting: 'waiting',
  sent: 'moving',
  delivered: 'done',
  failed: 'late',
  none: 'waiting',
};

/** The same of one order, for the narrow column beside its timeline. */
export function DeliveryLines({ rows }: { rows: readonly Delivery[] }) {
  const text = useText();
  const { t, tk } = text;
  return (
    <ul className={css.lines}>
      {rows.map((row) => (
        <li key={row.id}>
          <span className={css.line}>
            <span>{whatOf(row, text)}</span>
            <StatusChip tone={tones[row.state]} word={t(`deliveries.states.${row.state}`)} />
          </span>
          <span className={css.quiet}>
            {[tk(`channels.${row.channel}`), row.recipientMasked ?? '']
              .filter((part) => part !== '')
              .join(' ')}{' '}
            <RelativeTime at={row.createdAt ?? row.updatedAt} />
          </span>
          {row.error !== null && <p className={css.quiet}>{errorOf(row.error, text)}</p>}
        </li>
      ))}
    </ul>
  );
}

/** What became of messages, one row each. */
export function DeliveryTable({ rows }: { rows: readonly Delivery[] }) {
  const text = useText();
  const { t, tk } = text;
  return (
    <table className={css.table}>
      <caption className="gz-hidden">{t('deliveries.title')}</caption>
      <thead>
        <tr>
          {(['what', 'how', 'whom', 'state', 'when'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`deliveries.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              {row.objectId !== null && row.template?.startsWith('work_order.') === true ? (
                <Link {...url.order(row.scopeId, row.objectId)}>{whatOf(row, text)}</Link>
              ) : (
                whatOf(row, text)
              )}
            </td>
            <td>{tk(`channels.${row.channel}`)}</td>
            <td className={css.whom}>{row.recipientMasked ?? ''}</td>
            <td>
              <StatusChip tone={tones[row.state]} word={t(`deliveries.states.${row.state}`)} />
              {row.attempts > 1 && (
                <span className={css.quiet}> {t('deliveries.attempts', { count: row.attempts })}</span>
              )}
              {row.error !== null && <p className={css.quiet}>{errorOf(row.error, text)}</p>}
            </td>
            <td className={css.quiet}>
              <RelativeTime at={row.createdAt ?? row.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The kind of message, as the timeline names it; the order itself is a click away. */
function whatOf(row: Delivery, { tk }: Text): string {
  return tk(`deliveries.kinds.${row.template ?? ''}`, {}, 'deliveries.kinds.other');
}

function errorOf(error: string, { tk }: Text): string {
  const key = `deliveries.errors.${error}`;
  const known = tk(key);
  return known === key ? tk('deliveries.errors.other', { error }) : known;
}

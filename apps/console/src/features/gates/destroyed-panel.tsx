import { Button, EmptyState, ErrorState, Skeleton } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { problemText } from '../../app/errors.ts';
import { queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { gatesApi } from './api.ts';
import css from './css.ts';

/** What was destroyed, when and on what ground. */
export function DestroyedPanel({ scopeId, onOpen }: { scopeId: string; onOpen: (id: string) => void }) {
  const text = useText();
  const { t, exact, number } = text;
  const list = useQuery({
    queryKey: [...queryKeys.gates, 'destroyed', scopeId],
    queryFn: () => gatesApi.destroyed(scopeId),
  });
  if (list.isPending) return <Skeleton label={t('common.loading')} lines={6} isCard />;
  if (list.isError)
    return <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />;
  if (list.data.items.length === 0)
    return (
      <EmptyState icon={Trash2} title={t('gates.destroyed.none')} text={t('gates.destroyed.noneWords')} />
    );
  return (
    <div className={css.scroll} role="group" aria-label={t('gates.tabs.destroyed')} tabIndex={0}>
      <table className={css.table}>
        <caption className="gz-hidden">{t('gates.tabs.destroyed')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('gates.destroyed.kind')}</th>
            <th scope="col">{t('gates.destroyed.of')}</th>
            <th scope="col" className={css.number}>
              {t('gates.destroyed.count')}
            </th>
            <th scope="col">{t('gates.destroyed.at')}</th>
            <th scope="col">
              <span className="gz-hidden">{t('certificate.open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {list.data.items.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {t(`gates.destroyed.kinds.${row.kind}`, {
                  name: row.measure ?? '',
                  document: row.documentNo ?? '',
                  request: row.requestNo ?? '',
                })}
              </th>
              <td>{t('gates.measures.period', { from: exact(row.from), to: exact(row.to) })}</td>
              <td className={css.number}>{number(row.count)}</td>
              <td>{exact(row.doneAt)}</td>
              <td>
                <Button
                  size="small"
                  aria-label={`${t('certificate.open')} ${exact(row.doneAt)}`}
                  onPress={() => {
                    onOpen(row.id);
                  }}
                >
                  {t('certificate.open')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

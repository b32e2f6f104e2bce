import { addDays, localDate } from '@gongzhi/kernel';
import { Button, Dialog, EmptyState, Segmented, StatusChip, TextField } from '@gongzhi/ui';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { PAYMENTS, payApi, type Run, yuan } from './api.ts';
import { Bank } from './bank.tsx';
import css from './css.ts';
import { Underway } from './underway.tsx';
import { useAct } from './use-act.ts';
import { RecordsTable } from '../../components/records.tsx';
import { More } from '../../components/more.tsx';
import { Pending } from '../../components/pending.tsx';

const ways = ['wechat', 'alipay'] as const;
const tones = { open: 'due', settled: 'done', replaced: 'waiting' } as const;

/** A merchant's day held against the provider's file, and the bank's list that pays it out. Of the company. */
export function Reconcile({ companyId }: { companyId: string }) {
  const { t } = useText();
  const [way, setWay] = useState<(typeof ways)[number]>('wechat');
  const [day, setDay] = useState(() => addDays(localDate(Date.now()), -1));
  const [open, setOpen] = useState<string | null>(null);
  const list = useQuery({
    queryKey: [PAYMENTS, 'runs', companyId],
    queryFn: () => payApi.runs({ scopeId: companyId, limit: 60 }),
  });
  const fetchFile = useAct(
    (_: null, key) => payApi.reconcile({ scopeId: companyId, way, day }, key),
    t('payDesk.done'),
  );
  const runs = list.data?.items ?? [];
  return (
    <>
      <div className={css.tools}>
        <Segmented
          label={t('payDesk.way')}
          options={ways.map((value) => ({ value, label: t(`payments.way.${value}`) }))}
          value={way}
          onChange={setWay}
        />
        <TextField label={t('payDesk.recon.day')} type="date" value={day} onChange={setDay} />
        <Button
          variant="primary"
          isDisabled={day === ''}
          isBusy={fetchFile.isPending}
          onPress={() => fetchFile.mutate(null)}
        >
          {t('payDesk.recon.fetch')}
        </Button>
      </div>
      <Pending of={list} lines={6} />
      {list.isSuccess && runs.length === 0 && <EmptyState icon={Scale} title={t('payDesk.recon.empty')} />}
      {runs.length > 0 && (
        <RecordsTable
          label={t('payDesk.view.reconcile')}
          heads={[
            { word: t('payDesk.column.day') },
            { word: t('payDesk.column.way') },
            { word: t('payDesk.column.state') },
            ...(['matched', 'differing', 'in', 'out', 'fee', 'net'] as const).map((column) => ({
              word: t(`payDesk.recon.${column}`),
              isFigure: true,
            })),
            { word: t('payDesk.column.acts') },
          ]}
        >
          {runs.map((run) => (
            <tr key={run.id}>
              <td>{run.day}</td>
              <td>{t(`payments.way.${run.way}`)}</td>
              <td>
                <StatusChip tone={tones[run.state]} word={t(`payDesk.recon.state.${run.state}`)} />
              </td>
              <td className={css.figure}>{run.matched}</td>
              <td className={css.figure}>{run.differing}</td>
              <td className={css.figure}>{yuan(run.inFen)}</td>
              <td className={css.figure}>{yuan(run.outFen)}</td>
              <td className={css.figure}>{yuan(run.feeFen)}</td>
              <td className={css.figure}>{yuan(run.netFen)}</td>
              <td>
                <Button size="small" variant="quiet" onPress={() => setOpen(run.id)}>
                  {t('payDesk.open')}
                </Button>
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
      <Underway companyId={companyId} />
      <Bank companyId={companyId} runs={runs.filter((run: Run) => run.state === 'open')} />
      {open !== null && <RunDialog companyId={companyId} id={open} onClose={() => setOpen(null)} />}
    </>
  );
}

/** What does not agree, and what was done about it. */
function RunDialog({ companyId, id, onClose }: { companyId: string; id: string; onClose: () => void }) {
  const { t } = useText();
  const run = useInfiniteQuery({
    queryKey: [PAYMENTS, 'run', id],
    queryFn: ({ pageParam }) => payApi.run(companyId, id, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const items = run.data?.pages.flatMap((page) => page.items);
  const act = useAct(
    ({ itemId, action }: { itemId: string; action: 'ask_again' | 'note' }) =>
      payApi.onItem(companyId, itemId, action),
    t('payDesk.done'),
  );
  return (
    <Dialog title={t('payDesk.recon.items')} isOpen onOpenChange={onClose}>
      <Pending of={run} lines={4} />
      {items?.length === 0 && <p>{t('payDesk.recon.none')}</p>}
      {items !== undefined && items.length > 0 && (
        <ul className={css.list}>
          {items.map((item) => (
            <li key={item.id} className={css.form}>
              <div className={css.line}>
                <strong>
                  {t(`payDesk.recon.verdict.${item.verdict}`)} · {t(`payDesk.recon.kind.${item.kind}`)}
                </strong>
                <span>
                  {t('payDesk.recon.ours')} {item.oursFen === null ? '—' : yuan(item.oursFen)} ·{' '}
                  {t('payDesk.recon.theirs')} {item.theirsFen === null ? '—' : yuan(item.theirsFen)}
                </span>
              </div>
              <div className={css.line}>
                <span className={css.note}>
                  {t('payDesk.recon.trade')} {item.tradeNo}
                </span>
                {item.action === null ? (
                  <span className={css.acts}>
                    <Button
                      size="small"
                      variant="quiet"
                      isBusy={act.isPending && act.variables.itemId === item.id}
                      onPress={() => act.mutate({ itemId: item.id, action: 'ask_again' })}
                    >
                      {t('payDesk.recon.ask')}
                    </Button>
                    <Button
                      size="small"
                      variant="quiet"
                      onPress={() => act.mutate({ itemId: item.id, action: 'note' })}
                    >
                      {t('payDesk.recon.note')}
                    </Button>
                  </span>
                ) : (
                  <span className={css.note}>
                    {t(`payDesk.recon.acted.${item.action}`)} · {item.actedByName}
                  </span>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {run.hasNextPage && (
        <p className={css.note} role="status">
          {t('payDesk.recon.shown', {
            shown: items?.length ?? 0,
            count: run.data?.pages[0]?.differing ?? 0,
          })}
        </p>
      )}
      <More list={run} />
    </Dialog>
  );
}

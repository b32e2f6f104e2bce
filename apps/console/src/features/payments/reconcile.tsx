import { addDays, localDate } from '@gongzhi/kernel';
import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  Segmented,
  Skeleton,
  StatusChip,
  TextField,
} from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { PAYMENTS, payApi, type Run, yuan } from './api.ts';
import { Bank } from './bank.tsx';
import css from './payments.module.css';
import { Underway } from './underway.tsx';
import { useAct } from './use-act.ts';

const ways = ['wechat', 'alipay'] as const;
const tones = { open: 'due', settled: 'done', replaced: 'waiting' } as const;

/** A merchant's day held against the provider's file, and the bank's list that pays it out. Of the company. */
export function Reconcile({ companyId }: { companyId: string }) {
  const text = useText();
  const { t } = text;
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
      {list.isPending && <Skeleton label={t('common.loading')} lines={6} />}
      {list.isError && (
        <ErrorState text={problemText(list.error, text)} onRetry={() => void list.refetch()} />
      )}
      {list.isSuccess && runs.length === 0 && <EmptyState icon={Scale} title={t('payDesk.recon.empty')} />}
      {runs.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={css.scroll} tabIndex={0} aria-label={t('payDesk.view.reconcile')}>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('payDesk.column.day')}</th>
                <th scope="col">{t('payDesk.column.way')}</th>
                <th scope="col">{t('payDesk.column.state')}</th>
                {(['matched', 'differing', 'in', 'out', 'fee', 'net'] as const).map((column) => (
                  <th key={column} scope="col" className={css.fen}>
                    {t(`payDesk.recon.${column}`)}
                  </th>
                ))}
                <th scope="col">{t('payDesk.column.acts')}</th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <tr key={run.id}>
                  <td>{run.day}</td>
                  <td>{t(`payments.way.${run.way}`)}</td>
                  <td>
                    <StatusChip tone={tones[run.state]} word={t(`payDesk.recon.state.${run.state}`)} />
                  </td>
                  <td className={css.fen}>{run.matched}</td>
                  <td className={css.fen}>{run.differing}</td>
                  <td className={css.fen}>{yuan(run.inFen)}</td>
                  <td className={css.fen}>{yuan(run.outFen)}</td>
                  <td className={css.fen}>{yuan(run.feeFen)}</td>
                  <td className={css.fen}>{yuan(run.netFen)}</td>
                  <td>
                    <Button size="small" variant="quiet" onPress={() => setOpen(run.id)}>
                      {t('payDesk.open')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Underway companyId={companyId} />
      <Bank companyId={companyId} runs={runs.filter((run: Run) => run.state === 'open')} />
      {open !== null && <RunDialog companyId={companyId} id={open} onClose={() => setOpen(null)} />}
    </>
  );
}

/** What does not agree, and what was done about it. */
function RunDialog({ companyId, id, onClose }: { companyId: string; id: string; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const run = useQuery({ queryKey: [PAYMENTS, 'run', id], queryFn: () => payApi.run(companyId, id) });
  const act = useAct(
    ({ itemId, action }: { itemId: string; action: 'ask_again' | 'note' }) =>
      payApi.onItem(companyId, itemId, action),
    t('payDesk.done'),
  );
  return (
    <Dialog title={t('payDesk.recon.items')} isOpen onOpenChange={onClose}>
      {run.isPending && <Skeleton label={t('common.loading')} lines={4} />}
      {run.isError && <ErrorState text={problemText(run.error, text)} onRetry={() => void run.refetch()} />}
      {run.data?.items.length === 0 && <p>{t('payDesk.recon.none')}</p>}
      {run.data !== undefined && run.data.items.length > 0 && (
        <ul className={css.list}>
          {run.data.items.map((item) => (
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
    </Dialog>
  );
}

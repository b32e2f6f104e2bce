import { Button, EmptyState, notify, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Landmark } from 'lucide-react';
import { useRef, useState } from 'react';
import { useText } from '../../app/text.ts';
import { type BankLine, PAYMENTS, payApi, type Run, yuan } from './api.ts';
import css from './css.ts';
import { TransferDialog } from './transfer-dialog.tsx';
import { useAct } from './use-act.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

type Days = readonly [Run, ...Run[]];

/** What a line may have paid out: one open day, or all that one merchant's days came to by then. */
function fittingOf(line: BankLine, runs: readonly Run[]): Days[] {
  const single = runs.filter(({ netFen }) => netFen === line.amountFen).map((run): Days => [run]);
  if (single.length > 0) return single;
  const merchants = Map.groupBy(runs, ({ way, merchantId }) => `${way} ${merchantId}`);
  return [...merchants.values()].flatMap((days) => {
    const until = days.filter(({ day }) => day <= line.day).toSorted((a, b) => (a.day < b.day ? -1 : 1));
    const [first, ...others] = until;
    const netFen = until.reduce((sum, run) => sum + run.netFen, 0);
    return first !== undefined && others.length > 0 && netFen === line.amountFen
      ? [[first, ...others] as Days]
      : [];
  });
}

/** What came on the company's account; a line that comes to a day's net, or to that of several, settles them. */
export function Bank({ companyId, runs }: { companyId: string; runs: readonly Run[] }) {
  const { t } = useText();
  const [account, setAccount] = useState('main');
  const [taking, setTaking] = useState<BankLine | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useQuery({
    queryKey: [PAYMENTS, 'bank', companyId],
    queryFn: () => payApi.bankLines({ scopeId: companyId, limit: 60 }),
  });
  const bring = useAct(async (file: File, key) => {
    const { lines, added } = await payApi.bringBankFile(companyId, account, file, key);
    notify(t('payDesk.recon.bankAdded', { lines, added }));
  }, null);
  return (
    <section className={css.form} aria-label={t('payDesk.recon.bank')}>
      <h2 className={css.heading}>{t('payDesk.recon.bank')}</h2>
      <div className={css.tools}>
        <TextField label={t('payDesk.recon.account')} maxLength={40} value={account} onChange={setAccount} />
        <Button
          isBusy={bring.isPending}
          isDisabled={!/^[a-z0-9][a-z0-9._-]{0,39}$/.test(account)}
          onPress={() => input.current?.click()}
        >
          {t('payDesk.recon.bankFile')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".xlsx,.csv"
          aria-label={t('payDesk.recon.bankFile')}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) bring.mutate(file);
          }}
        />
      </div>
      <Pending of={list} lines={4} />
      {list.data?.items.length === 0 && <EmptyState icon={Landmark} title={t('payDesk.recon.bankEmpty')} />}
      {list.data !== undefined && list.data.items.length > 0 && (
        <RecordsTable
          label={t('payDesk.recon.bank')}
          isPart
          heads={[
            { word: t('payDesk.column.day') },
            { word: t('payDesk.recon.bankText') },
            { word: t('payDesk.column.amount'), isFigure: true },
            { word: t('payDesk.column.acts') },
          ]}
        >
          {list.data.items.map((line) => (
            <tr key={line.id}>
              <td>{line.day}</td>
              <td>{line.text}</td>
              <td className={css.figure}>{yuan(line.amountFen)}</td>
              <td>
                <Settle companyId={companyId} line={line} runs={runs} />
                {isOpen(line) && (
                  <Button
                    size="small"
                    variant={line.payer === null ? 'quiet' : 'primary'}
                    onPress={() => setTaking(line)}
                  >
                    {line.payer === null
                      ? t('payDesk.transfer.take')
                      : t('payDesk.transfer.takeOf', { name: line.payer.name })}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
      {taking !== null && (
        <TransferDialog companyId={companyId} line={taking} onClose={() => setTaking(null)} />
      )}
    </section>
  );
}

/** Nothing yet, and proposed for no cash that is on its way. */
const isOpen = (line: BankLine) =>
  line.runId === null &&
  line.depositId === null &&
  line.paymentId === null &&
  line.proposedDepositId === null;

function Settle({ companyId, line, runs }: { companyId: string; line: BankLine; runs: readonly Run[] }) {
  const { t } = useText();
  const settle = useAct(
    (days: Days, key) => payApi.settle(companyId, days, line.id, key),
    t('payDesk.recon.settled'),
  );
  if (line.runId !== null) return <span className={css.note}>{t('payDesk.recon.settled')}</span>;
  if (line.depositId !== null) return <span className={css.note}>{t('payDesk.deposit.used')}</span>;
  if (line.paymentId !== null) return <span className={css.note}>{t('payDesk.transfer.used')}</span>;
  if (line.proposedDepositId !== null)
    return <span className={css.note}>{t('payDesk.deposit.lineProposed')}</span>;
  const fitting = fittingOf(line, runs);
  if (fitting.length === 0) return <span className={css.note}>{t('payDesk.recon.noMatch')}</span>;
  return (
    <div className={css.acts}>
      {fitting.map((days) => (
        <Button
          key={days[0].id}
          size="small"
          variant="primary"
          isBusy={settle.isPending}
          onPress={() => settle.mutate(days)}
        >
          {t('payDesk.recon.settleFor', {
            day: days.length === 1 ? days[0].day : `${days[0].day}–${days.at(-1)!.day.slice(5)}`,
            way: t(`payments.way.${days[0].way}`),
          })}
        </Button>
      ))}
    </div>
  );
}

import { Button, StatusChip } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { useScopeName } from '../../components/scope-picker.tsx';
import { type DepositUnderway, PAYMENTS, payApi, yuan } from './api.ts';
import css from './css.ts';
import { UnderwayDialog } from './underway-dialog.tsx';
import { useAct } from './use-act.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

const tones = {
  matched: 'done',
  differs: 'late',
  missing: 'late',
  waiting: 'waiting',
  proposed: 'due',
} as const;

/** Cash on its way to the bank, in all compounds of the company, held against the bank's list. */
export function Underway({ companyId }: { companyId: string }) {
  const { t } = useText();
  const [open, setOpen] = useState<string | null>(null);
  const list = useQuery({
    queryKey: [PAYMENTS, 'underway', companyId],
    queryFn: () => payApi.underway(companyId),
  });
  const rows = list.data?.items ?? [];
  const chosen = rows.find(({ id }) => id === open);
  return (
    <section className={css.form} aria-label={t('payDesk.deposit.underway')}>
      <h2 className={css.heading}>{t('payDesk.deposit.underway')}</h2>
      <Pending of={list} lines={3} />
      {list.isSuccess && rows.length === 0 && <p className={css.note}>{t('payDesk.deposit.none')}</p>}
      {rows.length > 0 && (
        <RecordsTable
          label={t('payDesk.deposit.underway')}
          isPart
          heads={[
            { word: t('payDesk.deposit.broughtOn') },
            { word: t('payDesk.compound') },
            { word: t('payDesk.deposit.slipNo') },
            { word: t('payDesk.column.amount'), isFigure: true },
            { word: t('payDesk.column.state') },
            { word: t('payDesk.column.acts') },
          ]}
        >
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{row.broughtOn}</td>
              <td>
                <Place id={row.scopeId} /> · {row.till}
              </td>
              <td>
                {row.account} {row.slipNo}
              </td>
              <td className={css.figure}>{yuan(row.amountFen)}</td>
              <td>
                <StatusChip tone={tones[row.verdict]} word={t(`payDesk.deposit.verdict.${row.verdict}`)} />
                {row.proposal !== null && (
                  <p className={css.note}>
                    {t(`payDesk.deposit.proposed.${row.proposal}`, {
                      name: row.proposedByName ?? '',
                      amount: yuan(row.lineFen ?? 0),
                    })}
                  </p>
                )}
                {row.note !== null && <p className={css.note}>{row.note}</p>}
              </td>
              <td>
                {row.proposal === null ? (
                  <div className={css.acts}>
                    {row.verdict === 'matched' && <Arrive companyId={companyId} deposit={row} />}
                    <Button size="small" variant="quiet" onPress={() => setOpen(row.id)}>
                      {t('payDesk.open')}
                    </Button>
                  </div>
                ) : (
                  <Confirmation companyId={companyId} deposit={row} />
                )}
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
      {chosen !== undefined && (
        <UnderwayDialog companyId={companyId} deposit={chosen} onClose={() => setOpen(null)} />
      )}
    </section>
  );
}

function Place({ id }: { id: string }) {
  return useScopeName(id) ?? '';
}

function Arrive({ companyId, deposit }: { companyId: string; deposit: DepositUnderway }) {
  const { t } = useText();
  const { bankLineId } = deposit;
  const act = useAct(
    (lineId: string, key) =>
      payApi.onDeposit(
        deposit,
        { action: 'arrive', companyId, bankLineId: lineId, expectedVersion: deposit.version },
        key,
      ),
    t('payDesk.recon.settled'),
  );
  if (bankLineId === null) return null;
  return (
    <Button size="small" variant="primary" isBusy={act.isPending} onPress={() => act.mutate(bankLineId)}>
      {t('payDesk.deposit.arrive')}
    </Button>
  );
}

/** Of what another proposed. Who proposed it may take it back. */
function Confirmation({ companyId, deposit }: { companyId: string; deposit: DepositUnderway }) {
  const { t } = useText();
  const act = useAct(
    (action: 'confirm' | 'turn_down', key) =>
      payApi.onDeposit(deposit, { action, companyId, expectedVersion: deposit.version }, key),
    t('payDesk.done'),
  );
  return (
    <div className={css.acts}>
      {deposit.mayConfirm ? (
        <Button
          size="small"
          variant="primary"
          isBusy={act.isPending && act.variables === 'confirm'}
          onPress={() => act.mutate('confirm')}
        >
          {t('payDesk.deposit.confirm')}
        </Button>
      ) : (
        <span className={css.note}>{t('payDesk.deposit.notYours')}</span>
      )}
      <Button
        size="small"
        variant="quiet"
        isBusy={act.isPending && act.variables === 'turn_down'}
        onPress={() => act.mutate('turn_down')}
      >
        {t('payDesk.deposit.turnDown')}
      </Button>
    </div>
  );
}

import { localDate } from '@gongzhi/kernel';
import { Button, Dialog, PhotoThumb, StatusChip, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fileUrl } from '../../api.ts';
import { useText } from '../../app/text.ts';
import { PhotoField } from '../caller/photo-field.tsx';
import { type Deposit, fenOf, PAYMENTS, payApi, type Till, yuan } from './api.ts';
import css from './css.ts';
import { useAct } from './use-act.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

const tones = {
  made: 'due',
  declined: 'waiting',
  underway: 'moving',
  arrived: 'done',
  returned: 'late',
} as const;

/** What was brought to the bank of this compound's tills: signed for by a second person who has seen the slip. */
export function Deposits({ scopeId, mayTake }: { scopeId: string; mayTake: boolean }) {
  const { t } = useText();
  const list = useQuery({
    queryKey: [PAYMENTS, 'deposits', scopeId],
    queryFn: () => payApi.deposits({ scopeId, limit: 30 }),
  });
  const rows = list.data?.items ?? [];
  return (
    <section className={css.form} aria-label={t('payDesk.deposit.title')}>
      <h2 className={css.heading}>{t('payDesk.deposit.title')}</h2>
      <Pending of={list} lines={3} />
      {list.isSuccess && rows.length === 0 && <p className={css.note}>{t('payDesk.deposit.empty')}</p>}
      {rows.length > 0 && (
        <RecordsTable
          label={t('payDesk.deposit.title')}
          isPart
          heads={[
            { word: t('payDesk.deposit.broughtOn') },
            { word: t('payDesk.till.till') },
            { word: t('payDesk.column.state') },
            { word: t('payDesk.column.amount'), isFigure: true },
            { word: t('payDesk.deposit.slipNo') },
            { word: t('payDesk.deposit.made') },
            { word: t('payDesk.column.acts') },
          ]}
        >
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{row.broughtOn}</td>
              <td>{row.till}</td>
              <td>
                <StatusChip tone={tones[row.state]} word={t(`payDesk.deposit.state.${row.state}`)} />
                {row.arrivedFen !== null && row.arrivedFen !== row.amountFen && (
                  <p className={css.note}>{t('payDesk.deposit.arrived', { amount: yuan(row.arrivedFen) })}</p>
                )}
                {row.state !== 'underway' && row.proposedByName !== null && (
                  <p className={css.note}>
                    {t('payDesk.deposit.byTwo', {
                      proposed: row.proposedByName,
                      confirmed: row.actedByName ?? '',
                    })}
                  </p>
                )}
                {row.state === 'underway' && row.proposal !== null && (
                  <p className={css.note}>{t('payDesk.deposit.verdict.proposed')}</p>
                )}
                {row.note !== null && <p className={css.note}>{row.note}</p>}
              </td>
              <td className={css.figure}>{yuan(row.amountFen)}</td>
              <td>
                {row.account} {row.slipNo}
                <span className={css.slips}>
                  {row.fileIds.map((id) => (
                    <a key={id} href={fileUrl(row.scopeId, id, 'full')} target="_blank" rel="noreferrer">
                      <PhotoThumb
                        src={fileUrl(row.scopeId, id, 'thumb')}
                        alt={`${t('payDesk.deposit.slip')} ${row.slipNo}`}
                      />
                    </a>
                  ))}
                </span>
              </td>
              <td>
                {t('payDesk.deposit.by', {
                  made: row.madeByName,
                  signed: row.signedByName ?? t('payDesk.till.nobody'),
                })}
              </td>
              <td>{mayTake && row.state === 'made' && <Signature deposit={row} />}</td>
            </tr>
          ))}
        </RecordsTable>
      )}
    </section>
  );
}

function Signature({ deposit }: { deposit: Deposit }) {
  const { t } = useText();
  const sign = useAct(
    (action: 'sign' | 'decline', key) => payApi.signDeposit(deposit, action, key),
    t('payDesk.done'),
  );
  if (deposit.isOwn) return <span className={css.note}>{t('payDesk.deposit.own')}</span>;
  return (
    <div className={css.acts}>
      {(['sign', 'decline'] as const).map((action) => (
        <Button
          key={action}
          size="small"
          variant={action === 'sign' ? 'primary' : 'quiet'}
          isBusy={sign.isPending && sign.variables === action}
          onPress={() => sign.mutate(action)}
        >
          {t(`payDesk.deposit.${action}`)}
        </Button>
      ))}
    </div>
  );
}

/** Cash of a till that was counted and signed for: how much went to the bank, with the slip. */
export function DepositDialog({ till, onClose }: { till: Till; onClose: () => void }) {
  const { t } = useText();
  const [amount, setAmount] = useState('');
  const [account, setAccount] = useState('main');
  const [slipNo, setSlipNo] = useState('');
  const [broughtOn, setBroughtOn] = useState(() => localDate(Date.now()));
  const [fileIds, setFileIds] = useState<string[]>([]);
  const amountFen = fenOf(amount);
  const isWrong = amount.trim() !== '' && (amountFen === null || amountFen === 0);
  const make = useAct(
    (_: null, key) =>
      payApi.makeDeposit(
        {
          scopeId: till.scopeId,
          sessionId: till.id,
          account: account.trim(),
          slipNo: slipNo.trim(),
          broughtOn,
          amountFen: amountFen ?? 0,
          fileIds,
        },
        key,
      ),
    t('payDesk.done'),
    onClose,
  );
  const isReady =
    amountFen !== null &&
    amountFen > 0 &&
    slipNo.trim() !== '' &&
    broughtOn !== '' &&
    fileIds.length > 0 &&
    fileIds.length <= 4 &&
    /^[a-z0-9][a-z0-9._-]{0,39}$/.test(account.trim());
  return (
    <Dialog
      title={t('payDesk.deposit.title')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={make.isPending}
            isDisabled={!isReady}
            onPress={() => make.mutate(null)}
          >
            {t('payDesk.deposit.save')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <p className={css.note}>
          {t('payDesk.deposit.session', { till: till.till, counted: yuan(till.countedFen ?? 0) })}
        </p>
        <div className={css.two}>
          <TextField
            label={t('payDesk.deposit.amount')}
            inputMode="decimal"
            value={amount}
            error={isWrong ? t('payDesk.till.amountWrong') : undefined}
            onChange={setAmount}
          />
          <TextField
            label={t('payDesk.deposit.broughtOn')}
            type="date"
            value={broughtOn}
            onChange={setBroughtOn}
          />
          <TextField label={t('payDesk.deposit.slipNo')} maxLength={40} value={slipNo} onChange={setSlipNo} />
          <TextField
            label={t('payDesk.deposit.account')}
            maxLength={40}
            value={account}
            onChange={setAccount}
          />
        </div>
        <PhotoField
          scopeId={till.scopeId}
          photoIds={fileIds}
          onChange={setFileIds}
          label={t('payDesk.deposit.slip')}
        />
      </div>
    </Dialog>
  );
}

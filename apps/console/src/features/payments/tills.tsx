import { Button, Dialog, EmptyState, StatusChip, TextField, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Banknote } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { fenOf, PAYMENTS, payApi, type Till, yuan } from './api.ts';
import css from './css.ts';
import { DepositDialog, Deposits } from './deposits.tsx';
import { TakeDialog } from './take-dialog.tsx';
import { useAct } from './use-act.ts';
import { RecordsTable } from '../../components/records.tsx';
import { Pending } from '../../components/pending.tsx';

const tones = { open: 'moving', counted: 'due', signed: 'done' } as const;

/** Yuan of each, as counted; the same order as the server's. */
const NOTES = [100, 50, 20, 10, 5, 1, 0.5, 0.1] as const;
const NOTES_FEN = NOTES.map((note) => Math.round(note * 100));

/** Tills: opened with what is in them, counted in the evening, signed for by a second person. */
export function Tills({ scopeId }: { scopeId: string }) {
  const { t, when } = useText();
  const now = useNow();
  const mayTake = useMay('payment.cash');
  const [doing, setDoing] = useState<'open' | 'take' | 'count' | null>(null);
  const list = useQuery({
    queryKey: [PAYMENTS, 'tills', scopeId],
    queryFn: () => payApi.tills({ scopeId, limit: 20 }),
  });
  const tills = list.data?.items ?? [];
  const open = tills.find(({ state }) => state === 'open');
  const [bringing, setBringing] = useState<Till | null>(null);
  const close = (): void => {
    setDoing(null);
  };
  return (
    <>
      {mayTake && (
        <div className={css.tools}>
          {open === undefined ? (
            <Button variant="primary" isDisabled={!list.isSuccess} onPress={() => setDoing('open')}>
              {t('payDesk.till.open')}
            </Button>
          ) : (
            <>
              <Button variant="primary" onPress={() => setDoing('take')}>
                {t('payDesk.till.take')}
              </Button>
              <Button onPress={() => setDoing('count')}>{t('payDesk.till.count')}</Button>
            </>
          )}
        </div>
      )}
      <Pending of={list} lines={6} />
      {list.isSuccess && tills.length === 0 && (
        <EmptyState icon={Banknote} title={t('payDesk.till.none')} text={t('payDesk.till.noneText')} />
      )}
      {tills.length > 0 && (
        <RecordsTable
          label={t('payDesk.view.till')}
          heads={[
            { word: t('payDesk.till.till') },
            { word: t('payDesk.column.state') },
            { word: t('payDesk.column.when') },
            ...(['opened', 'taken', 'given', 'expected', 'counted', 'difference'] as const).map((column) => ({
              word: t(`payDesk.till.${column}`),
              isFigure: true,
            })),
            { word: t('payDesk.till.payments'), isFigure: true },
            { word: t('payDesk.column.acts') },
          ]}
        >
          {tills.map((till) => (
            <tr key={till.id}>
              <td>{till.till}</td>
              <td>
                <StatusChip tone={tones[till.state]} word={t(`payDesk.till.state.${till.state}`)} />
              </td>
              <td>
                {when(till.openedAt, now)}
                <p className={css.note}>
                  {t('payDesk.till.by', {
                    opened: till.openedByName,
                    closed: till.closedByName ?? t('payDesk.till.nobody'),
                    signed: till.signedByName ?? t('payDesk.till.nobody'),
                  })}
                </p>
              </td>
              {[
                till.openingFen,
                till.takenFen,
                till.givenFen,
                till.expectedFen,
                till.countedFen,
                till.differenceFen,
              ].map((fen, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns of one row
                <td key={i} className={css.figure}>
                  {fen === null ? '' : yuan(fen)}
                </td>
              ))}
              <td className={css.figure}>{till.payments}</td>
              <td>
                <Sign till={till} mayTake={mayTake} />
                {mayTake && till.state === 'signed' && (till.countedFen ?? 0) > 0 && (
                  <Button size="small" variant="quiet" onPress={() => setBringing(till)}>
                    {t('payDesk.deposit.make')}
                  </Button>
                )}
                {till.note !== null && <p className={css.note}>{till.note}</p>}
              </td>
            </tr>
          ))}
        </RecordsTable>
      )}
      {list.isSuccess && tills.length > 0 && <Deposits scopeId={scopeId} mayTake={mayTake} />}
      {bringing !== null && <DepositDialog till={bringing} onClose={() => setBringing(null)} />}
      {doing === 'open' && <OpenDialog scopeId={scopeId} onClose={close} />}
      {doing === 'take' && open !== undefined && <TakeDialog scopeId={scopeId} till={open} onClose={close} />}
      {doing === 'count' && open !== undefined && <CountDialog till={open} onClose={close} />}
    </>
  );
}

function Sign({ till, mayTake }: { till: Till; mayTake: boolean }) {
  const { t } = useText();
  const sign = useAct((_: null, key) => payApi.sign(till, key), t('payDesk.done'));
  if (till.state !== 'counted' || !mayTake) return null;
  if (till.isOwn) return <span className={css.note}>{t('payDesk.till.own')}</span>;
  return (
    <Button size="small" variant="primary" isBusy={sign.isPending} onPress={() => sign.mutate(null)}>
      {t('payDesk.till.sign')}
    </Button>
  );
}

function OpenDialog({ scopeId, onClose }: { scopeId: string; onClose: () => void }) {
  const { t } = useText();
  const [till, setTill] = useState('1');
  const [amount, setAmount] = useState('');
  const openingFen = amount.trim() === '' ? null : fenOf(amount);
  const isWrong = amount.trim() !== '' && openingFen === null;
  const open = useAct(
    (_: null, key) => payApi.openTill({ scopeId, till: till.trim(), openingFen: openingFen ?? 0 }, key),
    t('payDesk.done'),
    onClose,
  );
  return (
    <Dialog
      title={t('payDesk.till.open')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={open.isPending}
            isDisabled={openingFen === null || !/^[a-z0-9][a-z0-9._-]{0,19}$/.test(till.trim())}
            onPress={() => open.mutate(null)}
          >
            {t('payDesk.till.open')}
          </Button>
        </>
      }
    >
      <div className={css.two}>
        <TextField label={t('payDesk.till.name')} maxLength={20} value={till} onChange={setTill} />
        <TextField
          label={t('payDesk.till.opening')}
          inputMode="decimal"
          value={amount}
          error={isWrong ? t('payDesk.till.amountWrong') : undefined}
          onChange={setAmount}
        />
      </div>
    </Dialog>
  );
}

/** Counted piece by piece, so that nobody writes down what should be there. */
function CountDialog({ till, onClose }: { till: Till; onClose: () => void }) {
  const { t } = useText();
  const [pieces, setPieces] = useState<readonly string[]>(NOTES.map(() => ''));
  const [note, setNote] = useState('');
  const counts = pieces.map((text) => (text.trim() === '' ? 0 : Number(text)));
  const isGood = counts.every((count) => Number.isInteger(count) && count >= 0);
  const sum = isGood ? counts.reduce((total, count, i) => total + count * (NOTES_FEN[i] ?? 0), 0) : 0;
  const isOff = sum !== till.expectedFen;
  const count = useAct(
    (_: null, key) =>
      payApi.count(
        till,
        {
          pieces: counts,
          expectedVersion: till.version,
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        },
        key,
      ),
    t('payDesk.done'),
    onClose,
  );
  return (
    <Dialog
      title={t('payDesk.till.count')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={count.isPending}
            isDisabled={!isGood || (isOff && note.trim() === '')}
            onPress={() => count.mutate(null)}
          >
            {t('payDesk.till.count')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <p className={css.note}>{t('payDesk.till.pieces')}</p>
        <div className={css.pieces}>
          {NOTES.map((value, i) => (
            <TextField
              key={value}
              label={`¥${value}`}
              inputMode="numeric"
              maxLength={6}
              value={pieces[i] ?? ''}
              onChange={(next) => {
                setPieces(pieces.map((before, j) => (i === j ? next : before)));
              }}
            />
          ))}
        </div>
        <p className={css.sum} role="status">
          {t('payDesk.till.sum', { sum: yuan(sum), expected: yuan(till.expectedFen) })}
        </p>
        {isOff && (
          <TextField
            label={t('payDesk.till.note')}
            rows={2}
            maxLength={300}
            value={note}
            onChange={setNote}
          />
        )}
      </div>
    </Dialog>
  );
}

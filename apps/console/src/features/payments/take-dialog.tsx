import { lineName } from '@gongzhi/i18n/bill-basis.ts';
import { Button, Checkbox, Dialog, ErrorState, notify, Segmented, Skeleton, TextField } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { useText } from '../../app/text.ts';
import { untyped } from '../billing/parts.tsx';
import { HouseholdPicker } from '../caller/household-picker.tsx';
import { fenOf, PAYMENTS, payApi, type Till, yuan } from './api.ts';
import css from './css.ts';
import { useAct } from './use-act.ts';

const ways = ['cash', 'card'] as const;

/** Somebody stands at the desk and pays: which home, what, how, and what change they get. */
export function TakeDialog({ scopeId, till, onClose }: { scopeId: string; till: Till; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const [words, setWords] = useState('');
  const [householdId, setHouseholdId] = useState('');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [prepay, setPrepay] = useState('');
  const [received, setReceived] = useState('');
  const [way, setWay] = useState<(typeof ways)[number]>('cash');
  const [slipNo, setSlipNo] = useState('');
  const offer = useQuery({
    queryKey: [PAYMENTS, 'offer', scopeId, householdId],
    queryFn: () => payApi.offer(scopeId, householdId),
    enabled: householdId !== '',
  });
  const [meterAmounts, setMeterAmounts] = useState<Readonly<Record<string, string>>>({});
  const lines = offer.data?.lines ?? [];
  // The same path as a purchase on the phone: it is on the meter, or said not to be and given back.
  const topUps = (offer.data?.meters ?? []).flatMap((meter) => {
    const typed = meterAmounts[meter.meterId]?.trim() ?? '';
    return typed === '' ? [] : [{ ...meter, amountFen: fenOf(typed) }];
  });
  const isMeterWrong = topUps.some(
    ({ amountFen, mostFen }) =>
      amountFen === null || amountFen === 0 || (mostFen !== null && amountFen > mostFen),
  );
  const chosen = lines.filter((line) => !line.isElsewhere && !left.has(line.lineId));
  const prepayFen = prepay.trim() === '' ? 0 : fenOf(prepay);
  const total =
    chosen.reduce((sum, { dueFen }) => sum + dueFen, 0) +
    topUps.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0) +
    (prepayFen ?? 0);
  const receivedFen = fenOf(received);
  const change = receivedFen === null ? null : receivedFen - total;
  const take = useAct(
    (_: null, key) =>
      payApi.take(
        {
          scopeId,
          householdId,
          way,
          sessionId: till.id,
          ...(way === 'card' ? { slipNo: slipNo.trim() } : {}),
          targets: [
            ...chosen.map(({ lineId, dueFen }) => ({
              kind: 'bill_line' as const,
              id: lineId,
              amountFen: dueFen,
            })),
            ...topUps.map(({ meterId, amountFen }) => ({
              kind: 'meter_topup' as const,
              id: meterId,
              amountFen: amountFen ?? 0,
            })),
            ...(prepayFen === null || prepayFen === 0
              ? []
              : [{ kind: 'prepay' as const, amountFen: prepayFen }]),
          ],
        },
        key,
      ),
    null,
    () => {
      notify(t('payDesk.take.done', { total: yuan(total) }));
      onClose();
    },
  );
  const isReady =
    householdId !== '' &&
    total > 0 &&
    prepayFen !== null &&
    !isMeterWrong &&
    (way === 'cash' || slipNo.trim() !== '');
  return (
    <Dialog
      title={t('payDesk.till.take')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={!isReady}
            isBusy={take.isPending}
            onPress={() => take.mutate(null)}
          >
            {t('payDesk.take.total', { total: yuan(total) })}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <HouseholdPicker
          scopeId={scopeId}
          words={words}
          onWords={setWords}
          value={householdId}
          onChange={(id) => {
            setHouseholdId(id);
            setLeft(new Set());
            // What was typed was for the other home.
            setMeterAmounts({});
            setPrepay('');
            setReceived('');
          }}
          error={undefined}
        />
        {householdId !== '' && offer.isPending && <Skeleton label={t('common.loading')} lines={3} />}
        {offer.isError && (
          <ErrorState text={problemText(offer.error, text)} onRetry={() => void offer.refetch()} />
        )}
        {offer.data !== undefined && (
          <>
            {lines.length === 0 && <p className={css.note}>{t('payDesk.take.nothing')}</p>}
            <ul className={css.list}>
              {lines.map((line) => (
                <li key={line.lineId} className={css.line}>
                  <Checkbox
                    isDisabled={line.isElsewhere}
                    isSelected={!line.isElsewhere && !left.has(line.lineId)}
                    onChange={(isIn) => {
                      const next = new Set(left);
                      if (isIn) next.delete(line.lineId);
                      else next.add(line.lineId);
                      setLeft(next);
                    }}
                  >
                    {lineName(untyped(t), { ...line, amountFen: line.openFen })} {line.period.slice(0, 7)}{' '}
                    {line.isElsewhere ? t('payDesk.take.elsewhere') : ''}
                  </Checkbox>
                  <span>{yuan(line.dueFen)}</span>
                </li>
              ))}
            </ul>
            {offer.data.meters.map((meter) => {
              const typed = meterAmounts[meter.meterId]?.trim() ?? '';
              const fen = typed === '' ? 0 : fenOf(typed);
              const isOver = fen !== null && meter.mostFen !== null && fen > meter.mostFen;
              return (
                <TextField
                  key={meter.meterId}
                  label={t('payDesk.take.meter', {
                    kind: t(`metering.kind.${meter.kind}`),
                    serial: meter.serial,
                  })}
                  inputMode="decimal"
                  value={meterAmounts[meter.meterId] ?? ''}
                  error={
                    fen === null || (typed !== '' && fen === 0)
                      ? t('payDesk.till.amountWrong')
                      : isOver
                        ? t('payDesk.take.meterMost', { most: yuan(meter.mostFen ?? 0) })
                        : undefined
                  }
                  onChange={(value) => {
                    setMeterAmounts({ ...meterAmounts, [meter.meterId]: value });
                  }}
                />
              );
            })}
            <div className={css.two}>
              <Segmented
                label={t('payDesk.take.way')}
                options={ways.map((value) => ({ value, label: t(`payments.way.${value}`) }))}
                value={way}
                onChange={setWay}
              />
              <TextField
                label={t('payDesk.take.prepay')}
                inputMode="decimal"
                value={prepay}
                error={prepayFen === null ? t('payDesk.till.amountWrong') : undefined}
                onChange={setPrepay}
              />
            </div>
            {way === 'card' ? (
              <TextField label={t('payDesk.take.slip')} maxLength={40} value={slipNo} onChange={setSlipNo} />
            ) : (
              <div className={css.two}>
                <TextField
                  label={t('payDesk.take.received')}
                  inputMode="decimal"
                  value={received}
                  error={
                    received.trim() === ''
                      ? undefined
                      : change === null
                        ? t('payDesk.till.amountWrong')
                        : change < 0
                          ? t('payDesk.take.short', { short: yuan(-change) })
                          : undefined
                  }
                  onChange={setReceived}
                />
                {change !== null && change >= 0 && (
                  <p className={css.sum} role="status">
                    {t('payDesk.take.change', { change: yuan(change) })}
                  </p>
                )}
              </div>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

import { Button } from '@gongzhi/ui/Button.tsx';
import { RadioGroup } from '@gongzhi/ui/Choice.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { ErrorState } from '@gongzhi/ui/States.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemSentence, traceOf } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { type Offer, offerQuery } from '../pay/api.ts';
import { fenOf, yuan } from '../pay/money.ts';
import { usePaying, type Way } from '../pay/usePaying.ts';
import { useMe } from '../session/me.ts';
import type { OwnMeter } from './api.ts';
import css from './meters.module.css';

type Prepaid = NonNullable<OwnMeter['prepaid']>;

/** Buying ahead: how much, how to pay; what became of it stands on the payment's page and beside the meter. */
export function TopUpSheet({
  own,
  prepaid,
  onClose,
}: {
  own: OwnMeter;
  prepaid: Prepaid;
  onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const { scopeId, householdId, kind } = own.meter;
  const offer = useQuery(offerQuery(scopeId, householdId ?? ''));
  return (
    <Sheet
      title={t('mobile.topUp.title', { kind: t(`metering.kind.${kind}`) })}
      isOpen
      onOpenChange={onClose}
    >
      {offer.data === undefined ? (
        offer.error === null ? (
          <Skeleton lines={4} label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, offer.error)}
            {...traceOf(offer.error)}
            onRetry={() => {
              void offer.refetch();
            }}
          />
        )
      ) : offer.data.ways.length === 0 ? (
        <p>{t('mobile.topUp.noWay')}</p>
      ) : (
        <Buying own={own} prepaid={prepaid} offer={offer.data} />
      )}
    </Sheet>
  );
}

const usual = [50, 100, 200] as const;

function Buying({ own, prepaid, offer }: { own: OwnMeter; prepaid: Prepaid; offer: Offer }) {
  const { t } = useWords();
  const me = useMe();
  const { meter } = own;
  const householdId = meter.householdId ?? '';
  const mostFen = Math.min(prepaid.roomFen ?? offer.mostPrepaidFen, offer.mostPrepaidFen);
  const draft = useDraft(`${me.account.id}:topup:${meter.id}`, me.account.id, () => ({ amount: '' }));
  const [way, setWay] = useState<Way>(offer.ways[0]!);
  const [isWrong, setWrong] = useState(false);
  const paying = usePaying(meter.scopeId, householdId);
  const amountFen = fenOf(draft.value.amount, mostFen);
  const owes = prepaid.balanceFen < 0;
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setWrong(amountFen === null);
        if (amountFen === null) return;
        // What was typed is kept until it was taken: the network may be bad.
        paying
          .mutateAsync({ way, targets: [{ kind: 'meter_topup', id: meter.id, amountFen }] })
          .then(draft.clear, () => undefined);
      }}
    >
      {offer.isSimulated && <p className={css.quiet}>{t('payments.simulated')}</p>}
      <p className={css.quiet}>
        {t(owes ? 'mobile.topUp.owes' : 'mobile.topUp.left', { amount: yuan(Math.abs(prepaid.balanceFen)) })}
      </p>
      <fieldset className={css.amounts}>
        <legend className={css.legend}>{t('mobile.topUp.amount')}</legend>
        {usual
          .filter((amount) => amount * 100 <= mostFen)
          .map((amount) => (
            <Button
              key={amount}
              variant={draft.value.amount === String(amount) ? 'primary' : 'secondary'}
              aria-pressed={draft.value.amount === String(amount)}
              onPress={() => {
                setWrong(false);
                draft.change({ amount: String(amount) });
              }}
            >
              {yuan(amount * 100)}
            </Button>
          ))}
      </fieldset>
      <TextField
        label={t('mobile.topUp.other')}
        inputMode="decimal"
        value={draft.value.amount}
        error={isWrong ? t('mobile.topUp.invalid', { most: yuan(mostFen) }) : undefined}
        onChange={(amount) => {
          setWrong(false);
          draft.change({ amount });
        }}
      />
      <RadioGroup<Way>
        label={t('pay.way')}
        value={way}
        options={offer.ways.map((value) => ({ value, label: t(`payments.way.${value}`) }))}
        onChange={setWay}
      />
      <Button
        type="submit"
        variant="primary"
        size="large"
        isWide
        isBusy={paying.isPending}
        isDisabled={draft.value.amount.trim() === ''}
      >
        {amountFen === null ? t('mobile.topUp.go') : t('pay.pay', { amount: yuan(amountFen) })}
      </Button>
    </form>
  );
}

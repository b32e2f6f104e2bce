import { lineName, yuan } from '@gongzhi/i18n/bill-basis.ts';
import { Button, Dialog, notify, TextField } from '@gongzhi/ui';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { type BillLine, billingApi, billingKeys } from './api.ts';
import css from './css.ts';
import { scaledOf } from './draft.ts';
import { untyped } from './parts.tsx';

/** A mistake is taken back, and what should have been comes in its place; nothing is changed in what was billed. */
export function TakeBack({
  scopeId,
  line,
  onClose,
}: {
  scopeId: string;
  line: BillLine;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const [reason, setReason] = useState('');
  const [amount, setAmount] = useState('');
  const [isTried, setTried] = useState(false);
  const amountFen = amount.trim() === '' ? null : scaledOf(amount, 2);
  const isRight = reason.trim() !== '' && (amount.trim() === '' || (amountFen !== null && amountFen > 0));
  // Pressed again after a lost answer it is the same, though the line reads otherwise by then.
  const [intent] = useState(() => new Intent<number>());
  const take = useMutation({
    mutationFn: () => {
      const said = { reason: reason.trim(), ...(amountFen === null ? {} : { amountFen }) };
      return intent.send(
        said,
        () => line.settledFen,
        (expectedSettledFen, key) =>
          billingApi.take(scopeId, line.lineId, { ...said, expectedSettledFen }, key),
      );
    },
    onSuccess: ({ state }) => {
      notify(t(state === 'asked' ? 'billing.take.asked' : 'billing.take.done'));
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: billingKeys.all }),
  });
  return (
    <Dialog
      title={t('billing.take.title', { name: lineName(untyped(t), line) })}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={take.isPending}
            onPress={() => {
              setTried(true);
              if (isRight) take.mutate();
            }}
          >
            {t('billing.take.save')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <p className={css.note}>
          {t('billing.take.text', { amount: yuan(line.amountFen), paid: yuan(line.settledFen) })}
        </p>
        <TextField
          label={t('billing.take.reason')}
          maxLength={300}
          value={reason}
          onChange={setReason}
          error={isTried && reason.trim() === '' ? t('billing.need.words') : undefined}
        />
        <TextField
          label={t('billing.take.amount')}
          description={t('billing.take.amountText')}
          inputMode="decimal"
          value={amount}
          onChange={setAmount}
          error={isTried && !isRight && reason.trim() !== '' ? t('billing.need.price') : undefined}
        />
        {take.error !== null && (
          <p className={css.error} role="alert">
            {problemText(take.error, text)}
          </p>
        )}
      </div>
    </Dialog>
  );
}

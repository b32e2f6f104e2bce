import { Button, Dialog, notify, TextField } from '@gongzhi/ui';
import { type FormEvent, useId, useState } from 'react';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { useSend } from '../organisation/use-send.ts';
import { type Checkpoint, patrolApi } from './api.ts';
import css from '../../components/matters.module.css';

/** Asks that a checkpoint be looked at in fewer rounds; somebody else decides. */
export function LowerDialog({
  scopeId,
  checkpoint,
  onClose,
}: {
  scopeId: string;
  checkpoint: Checkpoint;
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const formId = useId();
  const [every, setEvery] = useState('4');
  const [untilOn, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const everyRounds = Number(every);
  const wrong = {
    every: !Number.isInteger(everyRounds) || everyRounds < 2 || everyRounds > 60,
    until: untilOn === '',
    reason: reason.trim() === '',
  };
  const said = (isWrong: boolean) => (isTried && isWrong ? t('patrol.lower.need') : undefined);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (isBusy || Object.values(wrong).some(Boolean)) return;
    const body = { scopeId, checkpointId: checkpoint.id, everyRounds, untilOn, reason: reason.trim() };
    const made = await send(body, (key) => patrolApi.propose(body, key));
    if (made === undefined) return;
    notify(t('patrol.lower.sent'));
    void queryClient.invalidateQueries({ queryKey: queryKeys.patrols });
    onClose();
  };
  return (
    <Dialog
      title={t('patrol.lower.title', { name: checkpoint.label })}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={isBusy}>
            {t('patrol.lower.send')}
          </Button>
        </>
      }
    >
      <form id={formId} className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <div className={css.pair}>
          <TextField
            label={t('patrol.lower.every')}
            value={every}
            inputMode="numeric"
            onChange={setEvery}
            error={said(wrong.every)}
          />
          <TextField
            label={t('patrol.lower.until')}
            type="date"
            value={untilOn}
            onChange={setUntil}
            error={said(wrong.until)}
          />
        </div>
        <TextField
          label={t('patrol.lower.reason')}
          description={t('patrol.lower.reasonWords')}
          rows={3}
          maxLength={300}
          value={reason}
          onChange={setReason}
          error={said(wrong.reason)}
        />
        {!wrong.every && <p className={css.quiet}>{t('patrol.lower.words', { count: everyRounds })}</p>}
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </Dialog>
  );
}

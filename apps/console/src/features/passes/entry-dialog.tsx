import { Button, Dialog, notify, Segmented, TextField } from '@gongzhi/ui';
import { Intent } from '@gongzhi/ui/client/index.ts';
import { DAY } from '@gongzhi/kernel';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Body } from '../../api-types.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { instantOf, wallOf } from '../hotline/words.ts';
import { fieldTexts, type Pass, PASSES, passesApi } from './api.ts';
import css from './css.ts';

const kinds = ['deny', 'watch'] as const;

/** Somebody is put on a list: why, on whose word, until when. */
export function EntryDialog({
  scopeId,
  pass,
  onClose,
}: {
  scopeId: string;
  /** Null: a plate is typed. */
  pass: Pass | null;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const [kind, setKind] = useState<(typeof kinds)[number]>(pass === null ? 'deny' : 'watch');
  const [plate, setPlate] = useState('');
  const [reason, setReason] = useState('');
  const [authority, setAuthority] = useState('');
  const [documentNo, setDocumentNo] = useState('');
  const [until, setUntil] = useState(() => wallOf(Date.now() + 30 * DAY));
  const [lacks, setLacks] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<string | null>(null);
  const [intent] = useState(() => new Intent<Body<'addListEntry'>>());
  const add = useMutation({
    mutationFn: () => {
      const body = {
        scopeId,
        kind,
        reason: reason.trim(),
        authority: authority.trim(),
        ...(documentNo.trim() === '' ? {} : { documentNo: documentNo.trim() }),
        endsAt: instantOf(until) ?? '',
        ...(pass === null ? { plate: plate.trim() } : { passId: pass.id }),
      };
      return intent.send(body, () => body, passesApi.addEntry);
    },
    onSuccess: () => {
      notify(t('passDesk.changed'));
      void queryClient.invalidateQueries({ queryKey: [PASSES] });
      onClose();
    },
    onError: (problem) => {
      const found = fieldTexts(problem, text);
      setLacks(found);
      setError(Object.keys(found).length === 0 ? problemText(problem, text) : null);
    },
  });
  const save = (): void => {
    const need = t('fieldErrors.required');
    const missing: Record<string, string> = {};
    if (pass === null && plate.trim() === '') missing['plate'] = need;
    if (reason.trim() === '') missing['reason'] = need;
    if (authority.trim() === '') missing['authority'] = need;
    if (instantOf(until) === null) missing['endsAt'] = need;
    setLacks(missing);
    if (Object.keys(missing).length === 0) add.mutate();
  };
  return (
    <Dialog
      title={t('passDesk.list.add')}
      isOpen
      isAlert
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isBusy={add.isPending} onPress={save}>
            {t('passDesk.save')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <Segmented
          label={t('passDesk.kind')}
          isLabelHidden
          options={kinds.map((value) => ({ value, label: t(`passDesk.list.kind.${value}`) }))}
          value={kind}
          error={lacks['kind']}
          onChange={setKind}
        />
        {pass === null ? (
          <TextField
            label={t('passDesk.list.plate')}
            maxLength={16}
            value={plate}
            error={lacks['plate']}
            onChange={setPlate}
          />
        ) : (
          <p>{t('passDesk.list.passOf', { name: pass.name ?? pass.plate ?? pass.ref })}</p>
        )}
        <TextField
          label={t('passDesk.list.reason')}
          rows={3}
          maxLength={300}
          value={reason}
          error={lacks['reason']}
          onChange={setReason}
        />
        <div className={css.two}>
          <TextField
            label={t('passDesk.list.authority')}
            maxLength={80}
            value={authority}
            error={lacks['authority']}
            onChange={setAuthority}
          />
          <TextField
            label={t('passDesk.list.document')}
            maxLength={80}
            value={documentNo}
            onChange={setDocumentNo}
          />
        </div>
        <TextField
          label={t('passDesk.list.until')}
          type="datetime-local"
          value={until}
          error={lacks['endsAt']}
          onChange={setUntil}
        />
        {error !== null && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </div>
    </Dialog>
  );
}

import { Button, Dialog, notify, TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { again, type MeterPage, meteringApi } from './api.ts';
import css from './metering.module.css';
import { useFieldSend } from './use-fields.ts';

type Meter = MeterPage['meter'];

/** Somebody's health needs the supply: it is never switched off until that day. Why is sealed. */
export function ProtectDialog({
  meter,
  isOn,
  onClose,
}: {
  meter: Meter;
  isOn: boolean;
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, lacks, setLacks, send } = useFieldSend({ 'metering.care_invalid': 'until' });
  // Health is typed here: it is kept in no store of the browser.
  const [why, setWhy] = useState('');
  const [until, setUntil] = useState('');
  const save = async (): Promise<void> => {
    const missing: Record<string, string> = {};
    if (isOn && why.trim() === '') missing['why'] = t('metering.need.why');
    if (isOn && until === '') missing['until'] = t('metering.need.until');
    setLacks(missing);
    if (Object.keys(missing).length > 0) return;
    const body = isOn ? { isOn, why, until } : { isOn };
    const done = await send(body, (key) => meteringApi.protect(meter.scopeId, meter.id, body, key));
    if (done === undefined) return;
    notify(t('metering.form.saved'));
    again();
    onClose();
  };
  return (
    <FormDialog
      title={t(isOn ? 'metering.act.protect' : 'metering.act.unprotect')}
      send={t(isOn ? 'metering.form.save' : 'metering.act.unprotect')}
      isWhole
      isBusy={isBusy}
      error={error}
      onSend={save}
      onClose={onClose}
    >
      {isOn ? (
        <>
          <TextField
            label={t('metering.form.why')}
            value={why}
            error={lacks['why']}
            onChange={setWhy}
            rows={2}
            maxLength={300}
          />
          <TextField
            label={t('metering.form.until')}
            type="date"
            value={until}
            error={lacks['until']}
            onChange={setUntil}
          />
        </>
      ) : (
        <p>{t('metering.form.unprotectHint')}</p>
      )}
    </FormDialog>
  );
}

/** Why somebody is protected: opened on purpose, and the server writes down who opened it. */
export function WhyDialog({ meter, onClose }: { meter: Meter; onClose: () => void }) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const [why, setWhy] = useState<string | null>(null);
  const open = async (): Promise<void> => {
    const opened = await send({ why: meter.id }, (key) => meteringApi.why(meter.scopeId, meter.id, key));
    if (opened !== undefined) setWhy(opened.why);
  };
  return (
    <Dialog
      title={t('metering.act.why')}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.close')}</Button>
          {why === null && (
            <Button variant="primary" isBusy={isBusy} onPress={() => void open()}>
              {t('metering.act.why')}
            </Button>
          )}
        </>
      }
    >
      <div className={css.part}>
        <p className={css.quiet}>{t('metering.form.whyHint')}</p>
        {why !== null && <p>{why}</p>}
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </div>
    </Dialog>
  );
}

/** A home's own wish that somebody looks when its meter stands still; it ends by itself. */
export function CareDialog({
  meter,
  householdId,
  care,
  onClose,
}: {
  meter: Meter;
  householdId: string;
  care: MeterPage['care'];
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, lacks, setLacks, send } = useFieldSend();
  const [draft, change, clear] = useDraft(`meter.care.${householdId}`, { until: care?.until ?? '' });
  const [note, setNote] = useState('');
  const save = async (until: string | null): Promise<void> => {
    if (until === '') return setLacks({ until: t('metering.need.until') });
    const { scopeId } = meter;
    const words = note.trim();
    const body = { scopeId, householdId, until, ...(words === '' || until === null ? {} : { note: words }) };
    const done = await send(body, (key) => meteringApi.care(body, key));
    if (done === undefined) return;
    clear();
    notify(t('metering.form.saved'));
    again();
    onClose();
  };
  return (
    <FormDialog
      title={t('metering.act.care')}
      send={t('metering.form.save')}
      isWhole
      isBusy={isBusy}
      error={error}
      onSend={() => save(draft.until)}
      onClose={onClose}
      more={
        care !== null && (
          <Button isBusy={isBusy} onPress={() => void save(null)}>
            {t('metering.act.careEnd')}
          </Button>
        )
      }
    >
      <p className={css.quiet}>{t('metering.form.careHint')}</p>
      <TextField
        label={t('metering.form.until')}
        type="date"
        value={draft.until}
        error={lacks['until']}
        onChange={(until) => change({ until })}
      />
      <TextField
        label={t('metering.form.careNote')}
        value={note}
        rows={2}
        maxLength={300}
        onChange={setNote}
      />
    </FormDialog>
  );
}

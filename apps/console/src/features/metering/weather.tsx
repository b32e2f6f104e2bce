import { Button, EmptyState, notify, Select, StatusChip, TextField } from '@gongzhi/ui';
import { HOUR } from '@gongzhi/kernel/time.ts';
import { useQuery } from '@tanstack/react-query';
import { CloudSun } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { useDraft } from '../../components/draft.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { instantOf, wallOf } from '../hotline/words.ts';
import { useSend } from '../organisation/use-send.ts';
import { again, METERS, meteringApi, type Warning } from './api.ts';
import css from './metering.module.css';
import { useFieldSend } from './use-fields.ts';
import { Pending } from '../../components/pending.tsx';

const levels = ['red', 'orange', 'yellow', 'blue'] as const;
const tones = { red: 'late', orange: 'due', yellow: 'moving', blue: 'waiting' } as const;

/** Weather warnings that hold over a place or are to come: in red and orange nothing is switched off. */
export function Weather({ scopeId }: { scopeId: string }) {
  const { t } = useText();
  const mayRecord = useMay('weather.record');
  const [isAdding, setAdding] = useState(false);
  const list = useQuery({
    queryKey: [...METERS, 'warnings', scopeId],
    queryFn: () => meteringApi.warnings(scopeId),
  });
  return (
    <>
      <div className={css.line}>
        <p className={css.quiet}>{t('metering.weather.hint')}</p>
        {mayRecord && <Button onPress={() => setAdding(true)}>{t('metering.weather.add')}</Button>}
      </div>
      <Pending of={list} lines={4} />
      {list.data?.items.length === 0 && <EmptyState icon={CloudSun} title={t('metering.weather.none')} />}
      <ul className={css.rows}>
        {list.data?.items.map((warning) => (
          <OneWarning key={warning.id} warning={warning} isOwn={mayRecord && warning.scopeId === scopeId} />
        ))}
      </ul>
      {isAdding && <WarningDialog scopeId={scopeId} onClose={() => setAdding(false)} />}
    </>
  );
}

function OneWarning({ warning, isOwn }: { warning: Warning; isOwn: boolean }) {
  const { t, exact } = useText();
  const { isBusy, error, send } = useSend();
  const lift = async (): Promise<void> => {
    const done = await send({ lift: warning.id }, (key) => meteringApi.lift(warning, key));
    if (done !== undefined) again();
  };
  return (
    <li className={css.row}>
      <div>
        <StatusChip
          tone={tones[warning.level]}
          word={`${warning.event} ${t(`metering.weather.level.${warning.level}`)}`}
        />
        <p className={css.quiet}>
          {t('metering.weather.span', { from: exact(warning.startsAt), to: exact(warning.endsAt) })}
        </p>
        <p className={css.quiet}>
          {t('metering.weather.source', { issuer: warning.issuer, name: warning.recordedByName })}
        </p>
        {error !== undefined && (
          <p className={css.error} role="alert">
            {error}
          </p>
        )}
      </div>
      {isOwn && (
        <Button size="small" isBusy={isBusy} onPress={() => void lift()}>
          {t('metering.weather.lift')}
        </Button>
      )}
    </li>
  );
}

function WarningDialog({ scopeId, onClose }: { scopeId: string; onClose: () => void }) {
  const { t } = useText();
  const [typed, change, clear] = useDraft(`meter.warning.${scopeId}`, {
    level: 'orange' as (typeof levels)[number],
    event: '',
    issuer: '',
    startsAt: '',
    endsAt: '',
  });
  const [opened] = useState(() => Date.now());
  const draft = {
    ...typed,
    startsAt: typed.startsAt || wallOf(opened),
    endsAt: typed.endsAt || wallOf(opened + 24 * HOUR),
  };
  const { isBusy, error, lacks, setLacks, send } = useFieldSend({ 'metering.warning_invalid': 'endsAt' });
  const save = async (): Promise<void> => {
    const need = t('fieldErrors.required');
    const [startsAt, endsAt] = [instantOf(draft.startsAt), instantOf(draft.endsAt)];
    const missing: Record<string, string> = {};
    for (const name of ['event', 'issuer'] as const) if (draft[name].trim() === '') missing[name] = need;
    if (startsAt === null) missing['startsAt'] = need;
    if (endsAt === null) missing['endsAt'] = need;
    setLacks(missing);
    if (startsAt === null || endsAt === null || Object.keys(missing).length > 0) return;
    const { level } = draft;
    const body = {
      scopeId,
      level,
      event: draft.event.trim(),
      issuer: draft.issuer.trim(),
      startsAt,
      endsAt,
    };
    const done = await send(body, (key) => meteringApi.warn(body, key));
    if (done === undefined) return;
    clear();
    notify(t('metering.form.saved'));
    again();
    onClose();
  };
  return (
    <FormDialog
      title={t('metering.weather.add')}
      send={t('metering.form.save')}
      isWhole
      isBusy={isBusy}
      error={error}
      onSend={save}
      onClose={onClose}
    >
      <div className={css.two}>
        <Select
          label={t('metering.weather.level')}
          value={draft.level}
          options={levels.map((value) => ({ value, label: t(`metering.weather.level.${value}`) }))}
          onChange={(next) => change({ level: levels.find((value) => value === next) ?? 'orange' })}
        />
        <TextField
          label={t('metering.weather.event')}
          value={draft.event}
          maxLength={40}
          error={lacks['event']}
          onChange={(event) => change({ event })}
        />
      </div>
      <TextField
        label={t('metering.weather.issuer')}
        value={draft.issuer}
        maxLength={60}
        error={lacks['issuer']}
        onChange={(issuer) => change({ issuer })}
      />
      <div className={css.two}>
        <TextField
          label={t('metering.weather.startsAt')}
          type="datetime-local"
          value={draft.startsAt}
          error={lacks['startsAt']}
          onChange={(startsAt) => change({ startsAt })}
        />
        <TextField
          label={t('metering.weather.endsAt')}
          type="datetime-local"
          value={draft.endsAt}
          error={lacks['endsAt']}
          onChange={(endsAt) => change({ endsAt })}
        />
      </div>
    </FormDialog>
  );
}

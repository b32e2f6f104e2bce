import { notify, Select, StatusChip, TextField, useNow } from '@gongzhi/ui';
import { useState } from 'react';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useSend } from '../organisation/use-send.ts';
import { again, type MeterPage, meteringApi } from './api.ts';
import css from './metering.module.css';
import { Moment } from './moment.tsx';
import { useMeterWords } from './words.ts';

type Command = MeterPage['commands'][number];

const tones = { waiting: 'moving', confirmed: 'done', failed: 'late', cancelled: 'waiting' } as const;

/** What the meter was told: by whom and why, how often it was tried, and what it answered. */
export function Commands({ page }: { page: MeterPage }) {
  const { t } = useText();
  const [isAll, setAll] = useState(false);
  const shown = isAll ? page.commands : page.commands.slice(0, 6);
  return (
    <section className={css.part}>
      <h3 className={css.heading}>{t('metering.page.commands')}</h3>
      {page.commands.length === 0 && <p className={css.quiet}>{t('metering.page.noCommands')}</p>}
      <ul className={css.plain}>
        {shown.map((command) => (
          <Told key={command.id} command={command} />
        ))}
      </ul>
      {shown.length < page.commands.length && (
        <button type="button" className={css.link} onClick={() => setAll(true)}>
          {t('common.more')}
        </button>
      )}
    </section>
  );
}

function Told({ command }: { command: Command }) {
  const { t, when } = useText();
  const now = useNow();
  const words = useMeterWords();
  const { attempts, error, sentAt, endedAt } = command;
  const isTryingAgain = command.state === 'waiting' && attempts > 0;
  return (
    <li>
      <span className={css.line}>
        <strong>{t(`metering.command.${command.kind}`)}</strong>
        <StatusChip tone={tones[command.state]} word={t(`metering.commandState.${command.state}`)} />
        <span className={css.quiet}>
          <Moment at={command.askedAt} /> · {t(`metering.reason.${command.reason as 'safety'}`)}{' '}
          {command.askedByName ?? t('metering.command.bySystem')}
        </span>
      </span>
      {command.note !== null && <p className={css.quiet}>{command.note}</p>}
      {error !== null && <p className={css.quiet}>{words.fault(error)}</p>}
      {isTryingAgain && (
        <p className={css.quiet}>
          {t('metering.command.trying', { count: attempts, when: sentAt === null ? '' : when(sentAt, now) })}
        </p>
      )}
      {command.state === 'confirmed' && endedAt !== null && (
        <p className={css.quiet}>{t('metering.command.answered', { when: when(endedAt, now) })}</p>
      )}
      {command.state === 'failed' && (
        <p className={css.quiet}>{t('metering.command.gaveUp', { count: attempts })}</p>
      )}
    </li>
  );
}

const kinds = ['trip', 'close', 'allow_close', 'alarm_on', 'alarm_off'] as const;
const reasons = ['safety', 'resident_wish', 'meter_work'] as const;

/** Why nothing is switched off now, and from when on it may be. */
export function TripBlocked({ page }: { page: MeterPage }) {
  const { t, exact } = useText();
  if (page.tripBlock === null) return null;
  const why = t(`metering.block.${page.tripBlock}`);
  return (
    <p className={css.warning} role="status">
      {page.tripFrom === null
        ? t('metering.page.block', { why })
        : t('metering.page.blockUntil', { why, when: exact(page.tripFrom) })}
    </p>
  );
}

/** A person tells the meter something, for one of the reasons there are; none of them is a fee. */
export function CommandDialog({ page, onClose }: { page: MeterPage; onClose: () => void }) {
  const { t } = useText();
  const { scopeId, id } = page.meter;
  const { isBusy, error, send } = useSend();
  const [kind, setKind] = useState<(typeof kinds)[number]>('trip');
  const [reason, setReason] = useState<(typeof reasons)[number]>('safety');
  const [note, setNote] = useState('');
  // What burns is shut at any hour; whose health hangs on it, never without people having asked.
  const isBlocked =
    kind === 'trip' && page.tripBlock !== null && (page.tripBlock === 'protected' || reason !== 'safety');
  const tell = async (): Promise<void> => {
    const body = { kind, reason, note };
    const done = await send(body, (key) => meteringApi.command(scopeId, id, body, key));
    if (done === undefined) return;
    notify(t('metering.form.sent'));
    again();
    onClose();
  };
  return (
    <FormDialog
      title={t('metering.act.command')}
      send={t('metering.form.send')}
      isWhole={!isBlocked}
      isBusy={isBusy}
      error={error}
      onSend={tell}
      onClose={onClose}
    >
      <Select
        label={t('metering.form.kind')}
        value={kind}
        options={kinds.map((value) => ({ value, label: t(`metering.command.${value}`) }))}
        onChange={(next) => setKind(kinds.find((value) => value === next) ?? 'trip')}
      />
      <Select
        label={t('metering.form.reason')}
        value={reason}
        options={reasons.map((value) => ({ value, label: t(`metering.reason.${value}`) }))}
        onChange={(next) => setReason(reasons.find((value) => value === next) ?? 'safety')}
      />
      {isBlocked && <TripBlocked page={page} />}
      <TextField label={t('metering.form.note')} value={note} onChange={setNote} maxLength={200} />
      <p className={css.quiet}>{t('metering.form.law')}</p>
    </FormDialog>
  );
}

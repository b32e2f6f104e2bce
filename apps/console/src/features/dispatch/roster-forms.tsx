import { Button, Checkbox, notify, Select, TextField } from '@gongzhi/ui';
import { useState } from 'react';
import { queryClient, queryKeys } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import css from '../organisation/organisation.module.css';
import { useSend } from '../organisation/use-send.ts';
import { dispatchApi, type Pattern, type Roster } from './api.ts';
import { clockOf, instantOf, shiftOf } from './days.ts';
import own from './roster.module.css';

function useSaving(onClose: () => void) {
  const { t } = useText();
  const { isBusy, error, send } = useSend();
  const save = async (body: unknown, call: (key: string) => Promise<unknown>): Promise<void> => {
    if ((await send(body, call)) === undefined) return;
    notify(t('roster.saved'));
    void queryClient.invalidateQueries({ queryKey: queryKeys.roster });
    onClose();
  };
  return { isBusy, error, save };
}

interface DayDraft {
  readonly isFree: boolean;
  readonly from: string;
  readonly to: string;
}
const workday: DayDraft = { isFree: false, from: '08:00', to: '17:00' };
const freeDay: DayDraft = { ...workday, isFree: true };
const aWeek = [workday, workday, workday, workday, workday, freeDay, freeDay];

/** A cycle of days: new, or one that exists. */
export function PatternForm({
  roster,
  of,
  onClose,
}: {
  roster: Roster;
  of: Pattern | null;
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, save } = useSaving(onClose);
  const [name, setName] = useState(of?.name ?? '');
  const [anchorOn, setAnchor] = useState(of?.anchorOn ?? roster.from);
  const [days, setDays] = useState<readonly DayDraft[]>(
    of?.days.map((day) =>
      day === null ? freeDay : { isFree: false, from: clockOf(day.from), to: clockOf(day.to) },
    ) ?? aWeek,
  );
  const change = (at: number, part: Partial<DayDraft>): void => {
    setDays((before) => before.map((day, i) => (i === at ? { ...day, ...part } : day)));
  };
  const resize = (count: number): void => {
    if (!Number.isInteger(count) || count < 1 || count > 42) return;
    setDays((before) => Array.from({ length: count }, (_, i) => before[i] ?? freeDay));
  };
  const shifts = days.map((day) => (day.isFree ? null : shiftOf(day.from, day.to)));
  const isWhole =
    name.trim() !== '' && anchorOn !== '' && days.every((day, i) => day.isFree || shifts[i] !== null);
  const store = (isActive: boolean): Promise<void> => {
    if (of === null) {
      const body = { name, anchorOn, days: shifts };
      return save(body, (key) => dispatchApi.addPattern(roster.scopeId, body, key));
    }
    const body = { name, days: shifts, isActive, expectedVersion: of.version };
    return save(body, (key) => dispatchApi.changePattern(roster.scopeId, of.id, body, key));
  };
  return (
    <FormDialog
      title={t(of === null ? 'roster.addPattern' : 'roster.pattern')}
      send={t('roster.save')}
      isWhole={isWhole}
      isBusy={isBusy}
      error={error}
      onSend={() => store(true)}
      onClose={onClose}
    >
      <TextField label={t('roster.patternName')} maxLength={40} value={name} onChange={setName} />
      {of === null && (
        <TextField label={t('roster.anchorOn')} type="date" value={anchorOn} onChange={setAnchor} />
      )}
      <TextField
        label={t('roster.cycle')}
        type="number"
        value={String(days.length)}
        onChange={(count) => {
          resize(Number(count));
        }}
      />
      <ol className={own.days}>
        {days.map((day, i) => {
          const shift = shifts[i];
          return (
            <li key={i} className={own.day}>
              <Checkbox
                isSelected={!day.isFree}
                onChange={(isOn) => {
                  change(i, { isFree: !isOn });
                }}
              >
                {t('roster.dayNo', { count: i + 1 })}
              </Checkbox>
              {day.isFree ? (
                <span className={css.meta}>{t('roster.dayFree')}</span>
              ) : (
                <>
                  <TextField
                    label={t('roster.from')}
                    isLabelHidden
                    type="time"
                    value={day.from}
                    onChange={(from) => {
                      change(i, { from });
                    }}
                  />
                  <TextField
                    label={t('roster.to')}
                    isLabelHidden
                    type="time"
                    value={day.to}
                    onChange={(to) => {
                      change(i, { to });
                    }}
                  />
                  {shift != null && shift.to > 1440 && (
                    <span className={css.meta}>{t('roster.nextDay')}</span>
                  )}
                </>
              )}
            </li>
          );
        })}
      </ol>
      {of?.isActive === true && (
        <Button variant="quiet" isBusy={isBusy} onPress={() => void store(false)}>
          {t('roster.retire')}
        </Button>
      )}
    </FormDialog>
  );
}

const peopleOf = (roster: Roster) =>
  roster.people.map(({ accountId, displayName, title }) => ({
    value: accountId,
    label: `${displayName} · ${title}`,
  }));

/** Somebody follows a cycle from a day on. */
export function PutForm({ roster, onClose }: { roster: Roster; onClose: () => void }) {
  const { t } = useText();
  const { isBusy, error, save } = useSaving(onClose);
  const active = roster.patterns.filter(({ isActive }) => isActive);
  const [draft, setDraft] = useState({
    accountId: '',
    patternId: active[0]?.id ?? '',
    kind: 'duty' as 'duty' | 'standby',
    startsOn: roster.from,
    lastDay: '',
    compoundIds: [] as string[],
  });
  const change = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const send = (): Promise<void> => {
    const { lastDay, ...rest } = draft;
    const body = { ...rest, ...(lastDay === '' ? {} : { lastDay }) };
    return save(body, (key) => dispatchApi.put(roster.scopeId, body, key));
  };
  return (
    <FormDialog
      title={t('roster.put')}
      send={t('roster.save')}
      isWhole={draft.accountId !== '' && draft.patternId !== '' && draft.startsOn !== ''}
      isBusy={isBusy}
      error={error}
      onSend={send}
      onClose={onClose}
    >
      <Select
        label={t('roster.who')}
        placeholder={t('console.choose')}
        options={peopleOf(roster)}
        value={draft.accountId}
        onChange={(accountId) => {
          change({ accountId });
        }}
      />
      <Select
        label={t('roster.pattern')}
        placeholder={t('console.choose')}
        options={active.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.patternId}
        onChange={(patternId) => {
          change({ patternId });
        }}
      />
      <Select
        label={t('roster.kind')}
        options={(['duty', 'standby'] as const).map((value) => ({ value, label: t(`roster.kind.${value}`) }))}
        value={draft.kind}
        onChange={(kind) => {
          change({ kind: kind as 'duty' | 'standby' });
        }}
      />
      <TextField
        label={t('roster.startsOn')}
        type="date"
        value={draft.startsOn}
        onChange={(startsOn) => {
          change({ startsOn });
        }}
      />
      <TextField
        label={t('roster.lastDay')}
        type="date"
        value={draft.lastDay}
        onChange={(lastDay) => {
          change({ lastDay });
        }}
      />
      {roster.compounds.length > 1 && (
        <fieldset className={own.places}>
          <legend>{t('roster.where')}</legend>
          {roster.compounds.map(({ id, name }) => (
            <Checkbox
              key={id}
              isSelected={draft.compoundIds.includes(id)}
              onChange={(isOn) => {
                change({
                  compoundIds: isOn
                    ? [...draft.compoundIds, id]
                    : draft.compoundIds.filter((one) => one !== id),
                });
              }}
            >
              {name}
            </Checkbox>
          ))}
        </fieldset>
      )}
    </FormDialog>
  );
}

const KINDS = ['off', 'leave', 'swap', 'overtime'] as const;
type Kind = (typeof KINDS)[number];

/** A day off, leave, a swap, overtime. */
export function ChangeForm({
  roster,
  of,
  onClose,
}: {
  roster: Roster;
  /** Whose shift was pressed, and of which day. */
  of: { readonly accountId: string; readonly onDate: string } | null;
  onClose: () => void;
}) {
  const { t } = useText();
  const { isBusy, error, save } = useSaving(onClose);
  const [draft, setDraft] = useState({
    kind: 'off' as Kind,
    accountId: of?.accountId ?? '',
    onDate: of?.onDate ?? roster.from,
    from: `${of?.onDate ?? roster.from}T08:00`,
    to: `${of?.onDate ?? roster.from}T17:00`,
    withAccountId: '',
    reason: '',
  });
  const change = (part: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const isDay = draft.kind === 'off' || draft.kind === 'swap';
  const [from, to] = [instantOf(draft.from, roster.timeZone), instantOf(draft.to, roster.timeZone)];
  const isWhole =
    draft.accountId !== '' &&
    draft.reason.trim() !== '' &&
    (isDay ? draft.onDate !== '' : from !== undefined && to !== undefined) &&
    (draft.kind !== 'swap' || draft.withAccountId !== '');
  const send = (): Promise<void> => {
    const { kind, accountId, onDate, withAccountId, reason } = draft;
    const body = {
      kind,
      accountId,
      reason,
      ...(isDay ? { onDate } : { from: from ?? '', to: to ?? '' }),
      ...(kind === 'swap' ? { withAccountId } : {}),
    };
    return save(body, (key) => dispatchApi.addChange(roster.scopeId, body, key));
  };
  return (
    <FormDialog
      title={t('roster.change')}
      send={t('roster.save')}
      isWhole={isWhole}
      isBusy={isBusy}
      error={error}
      onSend={send}
      onClose={onClose}
    >
      <Select
        label={t('roster.changeKind')}
        options={KINDS.map((value) => ({ value, label: t(`roster.change.${value}`) }))}
        value={draft.kind}
        onChange={(kind) => {
          change({ kind: kind as Kind });
        }}
      />
      <Select
        label={t('roster.who')}
        placeholder={t('console.choose')}
        options={peopleOf(roster)}
        value={draft.accountId}
        onChange={(accountId) => {
          change({ accountId });
        }}
      />
      {isDay ? (
        <TextField
          label={t('roster.onDate')}
          type="date"
          value={draft.onDate}
          onChange={(onDate) => {
            change({ onDate });
          }}
        />
      ) : (
        <>
          <TextField
            label={t('roster.fromAt')}
            type="datetime-local"
            value={draft.from}
            onChange={(value) => {
              change({ from: value });
            }}
          />
          <TextField
            label={t('roster.toAt')}
            type="datetime-local"
            value={draft.to}
            onChange={(value) => {
              change({ to: value });
            }}
          />
        </>
      )}
      {draft.kind === 'swap' && (
        <Select
          label={t('roster.taker')}
          placeholder={t('console.choose')}
          options={peopleOf(roster).filter(({ value }) => value !== draft.accountId)}
          value={draft.withAccountId}
          onChange={(withAccountId) => {
            change({ withAccountId });
          }}
        />
      )}
      <TextField
        label={t('roster.reason')}
        maxLength={200}
        value={draft.reason}
        onChange={(reason) => {
          change({ reason });
        }}
      />
    </FormDialog>
  );
}

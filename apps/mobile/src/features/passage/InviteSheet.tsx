import { Button } from '@gongzhi/ui/Button.tsx';
import { Checkbox, Segmented } from '@gongzhi/ui/Choice.tsx';
import { Sheet } from '@gongzhi/ui/Dialog.tsx';
import { TextField } from '@gongzhi/ui/Field.tsx';
import { isPassing, type Meant, meant } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { Select } from '@gongzhi/ui/Select.tsx';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { addDays, instantOn, localDate } from '@gongzhi/kernel/time.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Body } from '../../api-types.ts';
import { fieldSentences, problemSentence } from '../../app/problems.ts';
import { useDraft } from '../../app/useDraft.ts';
import { useWords } from '../../app/words.ts';
import { useMe } from '../session/me.ts';
import { type Invitation, type Own, PASSAGE, passageApi } from './api.ts';
import css from './passage.module.css';

const KINDS = ['visitor', 'courier', 'delivery', 'helper'] as const;
type Kind = (typeof KINDS)[number];
const DAYS = ['today', 'tomorrow', 'dayAfter'] as const;
const HOURS = [1, 2, 4, 8, 12, 24, 48, 72] as const;
const ENTRIES = [1, 2, 3, 5, 10] as const;
const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
const CLOCK = Array.from({ length: 18 }, (_, i) => i + 6);
const NOW = 'now';
const HOUR_MS = 3_600_000;

interface Wish {
  kind: Kind;
  name: string;
  phone: string;
  plate: string;
  day: (typeof DAYS)[number];
  /** The hour it begins, or now. */
  from: string;
  hours: number;
  entries: number;
  weekdays: number[];
  dayFrom: number;
  dayTo: number;
  until: string;
  /** Went out, and nobody knows whether it arrived. */
  sent: Meant<Body<'invite'>> | null;
}

const clockOf = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** Who, when, how often: then a code to send. */
export function InviteSheet({
  own,
  scopeId,
  householdId,
  onDone,
  onClose,
}: {
  own: Own;
  scopeId: string;
  householdId: string;
  onDone: (invitation: Invitation) => void;
  onClose: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const client = useQueryClient();
  const { rules, timeZone } = own;
  const today = localDate(useNow(), timeZone);
  const draft = useDraft<Wish>(`${me.account.id}:invite`, me.account.id, () => ({
    kind: 'visitor',
    name: '',
    phone: '',
    plate: '',
    day: 'today',
    from: NOW,
    hours: 4,
    entries: 1,
    weekdays: [],
    dayFrom: 9,
    dayTo: 12,
    until: addDays(today, Math.min(90, rules.helperDays)),
    sent: null,
  }));
  const { value } = draft;
  const [lacks, setLacks] = useState<Readonly<Record<string, string>>>({});
  const isHelper = value.kind === 'helper';
  const mostHours = value.kind === 'visitor' ? rules.visitorHours : rules.slotMinutes / 60;
  const hours = HOURS.filter((count) => count <= mostHours);
  const chosenHours = hours.findLast((count) => count <= value.hours) ?? hours[0] ?? 1;
  const days = DAYS.filter((_, ahead) => ahead <= rules.aheadDays);
  const entries = ENTRIES.filter((count) => count <= rules.visitorEntries);
  const isNow = value.day === 'today' && value.from === NOW;

  const bodyOf = (): Body<'invite'> => {
    const start = isNow
      ? Date.now()
      : instantOn(
          addDays(today, DAYS.indexOf(value.day)),
          (value.from === NOW ? (CLOCK[0] ?? 6) : Number(value.from)) * 60,
          timeZone,
        );
    const said = {
      scopeId,
      householdId,
      kind: value.kind,
      name: value.name.trim(),
      ...(value.phone.trim() === '' ? {} : { phone: value.phone.trim() }),
      ...(value.plate.trim() === '' ? {} : { plate: value.plate.trim() }),
    };
    if (isHelper)
      return {
        ...said,
        validFrom: new Date().toISOString(),
        validTo: new Date(instantOn(addDays(value.until, 1), 0, timeZone)).toISOString(),
        hours: [{ days: value.weekdays, fromMinute: value.dayFrom * 60, toMinute: value.dayTo * 60 }],
      };
    return {
      ...said,
      validFrom: new Date(start).toISOString(),
      validTo: new Date(start + chosenHours * HOUR_MS).toISOString(),
      ...(value.kind === 'visitor' ? { entries: value.entries } : {}),
    };
  };
  const invite = useMutation({
    mutationFn: () => {
      const sent = meant(value.sent, { ...value, sent: null, scopeId, householdId }, bodyOf);
      draft.change({ sent });
      return passageApi.invite(sent.body, sent.key);
    },
    onSuccess: async (invitation) => {
      await draft.clear();
      void client.invalidateQueries({ queryKey: [PASSAGE] });
      onDone(invitation);
    },
    onError: (error) => {
      if (!isPassing(error)) draft.change({ sent: null });
      const found = fieldSentences(words, error);
      setLacks(found);
      if (Object.keys(found).length === 0) notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  const send = (): void => {
    const missing: Record<string, string> = {};
    if (value.name.trim() === '') missing['name'] = t('fieldErrors.required');
    if (isHelper && value.weekdays.length === 0) missing['hours'] = t('fieldErrors.required');
    if (isHelper && value.dayTo <= value.dayFrom) missing['hours'] = t('fieldErrors.time_backwards');
    if (isHelper && value.until === '') missing['validTo'] = t('fieldErrors.required');
    setLacks(missing);
    if (Object.keys(missing).length === 0) invite.mutate();
  };
  const clock = (label: string, key: 'dayFrom' | 'dayTo') => (
    <Select
      label={label}
      options={CLOCK.map((hour) => ({ value: String(hour), label: clockOf(hour) }))}
      value={String(value[key])}
      onChange={(hour) => {
        draft.change({ [key]: Number(hour) });
      }}
    />
  );
  return (
    <Sheet
      title={t('pass.invite.title')}
      isOpen
      onOpenChange={onClose}
      footer={
        <Button variant="primary" isWide isBusy={invite.isPending} onPress={send}>
          {t('pass.invite.send')}
        </Button>
      }
    >
      <Segmented
        label={t('pass.invite.kind')}
        options={KINDS.map((kind) => ({ value: kind, label: t(`pass.kind.${kind}`) }))}
        value={value.kind}
        onChange={(kind) => {
          draft.change({ kind });
        }}
      />
      <TextField
        label={t('pass.invite.name')}
        description={t('pass.invite.nameText')}
        maxLength={40}
        value={value.name}
        isDisabled={!draft.isReady}
        error={lacks['name']}
        onChange={(name) => {
          draft.change({ name });
        }}
      />
      {isHelper ? (
        <>
          <fieldset className={css.days}>
            <legend>{t('pass.invite.weekdays')}</legend>
            {WEEK.map((day) => (
              <Checkbox
                key={day}
                isSelected={value.weekdays.includes(day)}
                onChange={(isOn) => {
                  draft.change({
                    weekdays: isOn
                      ? [...value.weekdays, day].toSorted((a, b) => a - b)
                      : value.weekdays.filter((other) => other !== day),
                  });
                }}
              >
                {t(`pass.day.${day}`)}
              </Checkbox>
            ))}
          </fieldset>
          {lacks['hours'] !== undefined && (
            <p className={css.error} role="alert">
              {lacks['hours']}
            </p>
          )}
          <div className={css.two}>
            {clock(t('pass.invite.dayFrom'), 'dayFrom')}
            {clock(t('pass.invite.dayTo'), 'dayTo')}
          </div>
          <TextField
            label={t('pass.invite.until')}
            type="date"
            value={value.until}
            error={lacks['validTo']}
            onChange={(until) => {
              draft.change({ until });
            }}
          />
        </>
      ) : (
        <>
          <Segmented
            label={t('pass.invite.day')}
            options={days.map((day) => ({ value: day, label: t(`pass.invite.${day}`) }))}
            value={value.day}
            onChange={(day) => {
              draft.change({ day });
            }}
          />
          <div className={css.two}>
            <Select
              label={t('pass.invite.from')}
              options={[
                ...(value.day === 'today' ? [{ value: NOW, label: t('pass.invite.now') }] : []),
                ...CLOCK.map((hour) => ({ value: String(hour), label: clockOf(hour) })),
              ]}
              value={value.day !== 'today' && value.from === NOW ? String(CLOCK[0]) : value.from}
              error={lacks['validFrom']}
              onChange={(from) => {
                draft.change({ from });
              }}
            />
            <Select
              label={t('pass.invite.hours')}
              options={hours.map((count) => ({
                value: String(count),
                label:
                  count < 24
                    ? t('pass.invite.hoursCount', { count })
                    : t('pass.invite.daysCount', { count: count / 24 }),
              }))}
              value={String(chosenHours)}
              error={lacks['validTo']}
              onChange={(count) => {
                draft.change({ hours: Number(count) });
              }}
            />
          </div>
        </>
      )}
      {value.kind === 'visitor' && (
        <Select
          label={t('pass.invite.entries')}
          options={entries.map((count) => ({ value: String(count), label: String(count) }))}
          value={String(value.entries)}
          error={lacks['entries']}
          onChange={(count) => {
            draft.change({ entries: Number(count) });
          }}
        />
      )}
      {!isHelper && (
        <TextField
          label={t('pass.invite.plate')}
          maxLength={16}
          value={value.plate}
          isDisabled={!draft.isReady}
          error={lacks['plate']}
          onChange={(plate) => {
            draft.change({ plate });
          }}
        />
      )}
      <TextField
        label={t('pass.invite.phone')}
        type="tel"
        maxLength={20}
        value={value.phone}
        isDisabled={!draft.isReady}
        error={lacks['phone']}
        onChange={(phone) => {
          draft.change({ phone });
        }}
      />
    </Sheet>
  );
}

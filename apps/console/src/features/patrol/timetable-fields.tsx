import { localDate } from '@gongzhi/kernel';
import { TextField } from '@gongzhi/ui';
import { useText } from '../../app/text.ts';
import type { NewRoute, Route } from './api.ts';
import { wholeWithin } from './numbers.ts';
import css from '../../components/matters.module.css';
import { clockOf, timesOf } from './times.ts';

export interface TimetableDraft {
  readonly times: string;
  readonly everyDays: string;
  readonly within: string;
  readonly validFrom: string;
  readonly reason: string;
}

/** As it holds now, to be changed from today on; without one, twice a day. */
export function timetableDraft(of: Route['timetable']): TimetableDraft {
  return {
    times: of === null ? '08:00 20:00' : of.times.map(clockOf).join(' '),
    everyDays: String(of?.everyDays ?? 1),
    within: String(of?.withinMinutes ?? 60),
    validFrom: localDate(Date.now()),
    reason: '',
  };
}

/** Null while something is missing or written wrong. */
export function timetableBody(
  draft: TimetableDraft,
): { readonly timetable: NewRoute['timetable']; readonly reason: string } | null {
  const times = timesOf(draft.times);
  const everyDays = wholeWithin(draft.everyDays, 1, 31);
  const withinMinutes = wholeWithin(draft.within, 5, 1_440);
  const reason = draft.reason.trim();
  const { validFrom } = draft;
  if (times === null || everyDays === null || withinMinutes === null) return null;
  if (validFrom === '' || reason === '') return null;
  return { timetable: { validFrom, everyDays, times, withinMinutes }, reason };
}

/** When rounds open, from a day on, and on what ground. */
export function TimetableFields({
  draft,
  isTried,
  onChange,
}: {
  draft: TimetableDraft;
  isTried: boolean;
  onChange: (part: Partial<TimetableDraft>) => void;
}) {
  const { t } = useText();
  const need = (isWrong: boolean) => (isTried && isWrong ? t('patrol.lower.need') : undefined);
  return (
    <>
      <TextField
        label={t('patrol.new.times')}
        description={t('patrol.new.timesWords')}
        value={draft.times}
        onChange={(times) => {
          onChange({ times });
        }}
        error={isTried && timesOf(draft.times) === null ? t('patrol.new.wrongTimes') : undefined}
      />
      <div className={css.pair}>
        <TextField
          label={t('patrol.new.everyDays')}
          inputMode="numeric"
          value={draft.everyDays}
          onChange={(everyDays) => {
            onChange({ everyDays });
          }}
          error={need(wholeWithin(draft.everyDays, 1, 31) === null)}
        />
        <TextField
          label={t('patrol.new.within')}
          inputMode="numeric"
          value={draft.within}
          onChange={(within) => {
            onChange({ within });
          }}
          error={need(wholeWithin(draft.within, 5, 1_440) === null)}
        />
        <TextField
          label={t('patrol.new.from')}
          type="date"
          value={draft.validFrom}
          onChange={(validFrom) => {
            onChange({ validFrom });
          }}
          error={need(draft.validFrom === '')}
        />
      </div>
      <TextField
        label={t('patrol.new.reason')}
        description={t('patrol.new.reasonWords')}
        maxLength={200}
        value={draft.reason}
        onChange={(reason) => {
          onChange({ reason });
        }}
        error={need(draft.reason.trim() === '')}
      />
    </>
  );
}

import { Button, Checkbox, ErrorState, Skeleton, TextField, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type CalendarInfo, deskApi, deskKeys } from '../../api-desk.ts';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useText } from '../../app/text.ts';
import css from './rules.module.css';
import { useSaving } from './use-saving.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** A notice names the days of all the next year, and comes out in the autumn before it. */
const MONTHS = 14;

/** Which days and hours count here; changed from a day on, with what that does to open orders. */
export default function CalendarTab({ scopeId }: { scopeId: string }) {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const [from] = useState(() => `${dayOf(now).slice(0, 7)}-01`);
  const calendar = useQuery({
    queryKey: deskKeys.calendar(scopeId, from),
    queryFn: () => deskApi.calendar({ scopeId, from, to: monthsLater(from, MONTHS) }),
    // The recount of open orders goes on behind it.
    refetchInterval: (query) =>
      query.state.data?.versions.some((version) => version.isRecounting) === true ? 2_000 : false,
  });
  if (calendar.isPending) return <Skeleton label={t('common.loading')} lines={12} isCard />;
  if (calendar.isError)
    return <ErrorState text={problemText(calendar.error, text)} onRetry={() => void calendar.refetch()} />;
  return <Calendar key={calendar.data.ownVersion} info={calendar.data} />;
}

type Mark = 'holiday' | 'makeup';

function Calendar({ info }: { info: CalendarInfo }) {
  const text = useText();
  const { t, number } = text;
  const own = info.versions.find((one) => one.scopeId === info.scopeId && one.version === info.ownVersion);
  const [validFrom, setValidFrom] = useState(
    own !== undefined && own.validFrom >= info.earliest ? own.validFrom : info.earliest,
  );
  const [weekdays, setWeekdays] = useState<readonly number[]>(own?.weekdays ?? info.weekdays);
  const [hours, setHours] = useState(() =>
    (own?.hours ?? info.hours).map(({ from, to }) => [clock(from), clock(to)] as const),
  );
  const [days, setDays] = useState<ReadonlyMap<string, Mark>>(
    () =>
      new Map(own?.days.filter(({ date }) => date >= info.earliest).map(({ date, mark }) => [date, mark])),
  );
  const [knownTo, setKnownTo] = useState(own?.knownTo ?? '');
  const [source, setSource] = useState('');
  const saving = useSaving();

  const cycle = (date: string): void => {
    setDays((before) => {
      const next = new Map(before);
      const mark = before.get(date);
      if (mark === undefined) next.set(date, 'holiday');
      else if (mark === 'holiday') next.set(date, 'makeup');
      else next.delete(date);
      return next;
    });
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (saving.isBusy) return;
    await saving.run(async () => {
      await deskApi.saveCalendar({
        scopeId: info.scopeId,
        validFrom,
        weekdays: same(weekdays, info.weekdays) && own?.weekdays == null ? null : [...weekdays],
        hours:
          same(
            hours.flat(),
            info.hours.flatMap(({ from, to }) => [clock(from), clock(to)]),
          ) && own?.hours == null
            ? null
            : hours.map(([opens, closes]) => ({ from: minutes(opens), to: minutes(closes) })),
        days: [...days].filter(([date]) => date >= validFrom).map(([date, mark]) => ({ date, mark })),
        knownTo: knownTo === '' ? null : knownTo,
        source,
        expectedVersion: saving.newest ?? info.ownVersion,
      });
      await queryClient.invalidateQueries({ queryKey: ['calendar'] });
    });
  };
  return (
    <div className={css.main}>
      <p className={css.hint}>{t('desk.calendar.known', { date: info.knownTo, source: info.source })}</p>
      {info.missingFrom !== null && (
        <p className={css.warning}>{t('desk.calendar.missing', { date: info.missingFrom })}</p>
      )}
      <p className={css.hint}>
        {info.mayEdit
          ? t('desk.calendar.hint', { date: info.earliest, count: number(info.openOrders) })
          : t('desk.rules.readOnly')}
      </p>
      <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
        <fieldset className={css.fields} disabled={!info.mayEdit}>
          <legend className={css.heading}>{t('desk.calendar.week')}</legend>
          <div className={css.checks} data-row>
            {WEEKDAYS.map((day) => (
              <Checkbox
                key={day}
                isDisabled={!info.mayEdit}
                isSelected={weekdays.includes(day)}
                onChange={(isOn) => {
                  setWeekdays(WEEKDAYS.filter((one) => (one === day ? isOn : weekdays.includes(one))));
                }}
              >
                {t(`desk.weekday.${day}`)}
              </Checkbox>
            ))}
          </div>
          {saving.fault('weekdays') !== undefined && <p className={css.error}>{saving.fault('weekdays')}</p>}
          {hours.map(([opens, closes], i) => (
            // Hours have no name but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <div key={i} className={css.hours}>
              <TextField
                label={t('desk.calendar.opens')}
                type="time"
                value={opens}
                isDisabled={!info.mayEdit}
                onChange={(value) => {
                  setHours(hours.with(i, [value, closes]));
                }}
              />
              <TextField
                label={t('desk.calendar.closes')}
                type="time"
                value={closes}
                isDisabled={!info.mayEdit}
                onChange={(value) => {
                  setHours(hours.with(i, [opens, value]));
                }}
              />
              {info.mayEdit && hours.length > 1 && (
                <Button
                  size="small"
                  variant="quiet"
                  onPress={() => {
                    setHours(hours.toSpliced(i, 1));
                  }}
                >
                  {t('desk.calendar.dropHours')}
                </Button>
              )}
            </div>
          ))}
          {saving.fault('hours') !== undefined && <p className={css.error}>{saving.fault('hours')}</p>}
          {info.mayEdit && hours.length < 4 && (
            <div>
              <Button
                size="small"
                variant="quiet"
                onPress={() => {
                  setHours([...hours, ['18:00', '20:00']]);
                }}
              >
                {t('desk.calendar.addHours')}
              </Button>
            </div>
          )}
        </fieldset>
        <Months info={info} days={days} from={validFrom} onDay={info.mayEdit ? cycle : null} />
        {saving.fault('days') !== undefined && <p className={css.error}>{saving.fault('days')}</p>}
        {info.mayEdit && (
          <>
            <div className={css.row}>
              <TextField
                label={t('desk.rules.validFrom')}
                type="date"
                value={validFrom}
                error={saving.fault('validFrom')}
                onChange={setValidFrom}
              />
              {info.kind === 'city' && (
                <TextField
                  label={t('desk.calendar.knownTo')}
                  type="date"
                  value={knownTo}
                  error={saving.fault('knownTo')}
                  onChange={setKnownTo}
                />
              )}
              <TextField
                label={t('desk.calendar.source')}
                value={source}
                maxLength={200}
                error={saving.fault('source')}
                onChange={setSource}
              />
            </div>
            {saving.error !== null && (
              <p className={css.error} role="alert">
                {saving.error}
              </p>
            )}
            <div className={css.buttons}>
              <Button
                type="submit"
                variant="primary"
                isBusy={saving.isBusy}
                isDisabled={source.trim() === ''}
              >
                {saving.newest === null ? t('desk.save') : t('desk.rules.saveAnyway')}
              </Button>
            </div>
          </>
        )}
      </form>
      {info.versions.length > 0 && (
        <section className={css.box} aria-label={t('desk.rules.versions')}>
          <h2 className={css.heading}>{t('desk.rules.versions')}</h2>
          <ul className={css.versions}>
            {info.versions.map((one) => (
              <li key={`${one.scopeId}.${one.version}`}>
                <span className={css.tag}>
                  {one.scopeName} {one.version}
                </span>
                <span>{t('desk.rules.from', { date: one.validFrom })}</span>
                <span className={css.meta}>
                  {one.changedByName} {text.exact(one.changedAt)} {one.source}
                </span>
                <span className={css.meta}>
                  {one.isRecounting
                    ? t('desk.calendar.recounting', { count: one.recounted })
                    : t('desk.calendar.recounted', { count: one.recounted, moved: one.moved })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Months({
  info,
  days,
  from,
  onDay,
}: {
  info: CalendarInfo;
  days: ReadonlyMap<string, Mark>;
  from: string;
  onDay: ((date: string) => void) | null;
}) {
  const { t, tk } = useText();
  const months = Map.groupBy(info.days.slice(0, -1), ({ date }) => date.slice(0, 7));
  return (
    <div className={css.months}>
      {[...months].map(([month, inMonth]) => (
        <section key={month} aria-label={month} className={css.month}>
          <h2 className={css.heading}>{month}</h2>
          <ol className={css.grid}>
            {inMonth.map(({ date, reason, minutes: open }, i) => {
              const mark = days.get(date);
              const shown = mark ?? reason;
              const isOff = mark === undefined ? open === 0 : mark === 'holiday';
              const label = `${date} ${tk(`desk.day.${shown}`)}`;
              const start = i === 0 ? weekdayOf(date) : undefined;
              return (
                <li key={date} style={start === undefined ? undefined : { gridColumnStart: start }}>
                  <button
                    type="button"
                    className={css.day}
                    data-reason={shown}
                    data-off={isOff}
                    data-changed={mark !== undefined}
                    data-today={date === info.today}
                    title={label}
                    aria-label={label}
                    disabled={onDay === null || date < from}
                    onClick={() => onDay?.(date)}
                  >
                    {date.slice(8)}
                  </button>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
      <p className={css.legend}>{t('desk.calendar.legend')}</p>
    </div>
  );
}

const clock = (minute: number): string =>
  minute === 1440
    ? '23:59'
    : `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** The last minute of a field that knows no 24:00 is the end of the day. */
const minutes = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const sum = hour * 60 + minute;
  return sum === 1439 ? 1440 : sum;
};
const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.join() === b.join();
const dayOf = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

function monthsLater(date: string, months: number): string {
  const first = new Date(`${date}T00:00:00Z`);
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months, 1))
    .toISOString()
    .slice(0, 10);
}

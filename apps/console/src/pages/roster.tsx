import { addDays, localDate } from '@gongzhi/kernel';
import { Button, buttonClass, cx, EmptyState, notify, StatusChip, useNow } from '@gongzhi/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { ScopePicker, useFirstDepartment } from '../components/scope-picker.tsx';
import { useLive } from '../app/live.tsx';
import { queryClient, queryKeys } from '../app/query.ts';
import { url } from '../app/routes.ts';
import { useMay, useMe } from '../app/session.tsx';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ExportLinks } from '../components/export-links.tsx';
import { dispatchApi, type Pattern, type Person, type Roster } from '../features/dispatch/api.ts';
import own from '../features/dispatch/roster.module.css';
import { ChangeForm, PatternForm, PutForm } from '../features/dispatch/roster-forms.tsx';
import css from '../features/organisation/organisation.module.css';
import { useSend } from '../features/organisation/use-send.ts';
import { Pending } from '../components/pending.tsx';

type Open =
  | { readonly form: 'put' }
  | { readonly form: 'pattern'; readonly of: Pattern | null }
  | { readonly form: 'change'; readonly of: { accountId: string; onDate: string } | null };

/** Who works when: a department's weeks, what they are made of, and what is changed about them. */
export default function RosterPage() {
  const { t } = useText();
  useTitle(t('roster.title'));
  const { acting } = useMe();
  const search = useSearch({ from: '/shell/roster' });
  const navigate = useNavigate();
  const mayWrite = useMay('roster.write');
  const [open, setOpen] = useState<Open | null>(null);
  const isCompany = acting.role === 'company';
  const first = useFirstDepartment(isCompany);
  const scopeId = search.scope ?? (isCompany ? first : undefined);
  const roster = useQuery({
    queryKey: [...queryKeys.roster, scopeId ?? '', search.from ?? ''],
    queryFn: () =>
      dispatchApi.roster({
        ...(scopeId === undefined ? {} : { scopeId }),
        ...(search.from === undefined ? {} : { from: search.from }),
      }),
    placeholderData: keepPreviousData,
    enabled: !isCompany || scopeId !== undefined,
  });
  useLive((message) => {
    if (message.type === 'change' && message.change.kind === 'roster.changed')
      void queryClient.invalidateQueries({ queryKey: queryKeys.roster });
  });
  const go = (from: string | undefined): void => {
    void navigate({ ...url.roster({ ...search, from }) });
  };
  const close = (): void => {
    setOpen(null);
  };
  const data = roster.data;
  return (
    <div className={own.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('roster.title')}</h1>
        {mayWrite && data !== undefined && (
          <div className={own.bar}>
            <Link
              {...url.rosterFile(scopeId === undefined ? {} : { scope: scopeId })}
              className={buttonClass()}
            >
              {t('shiftFile.open')}
            </Link>
            <Button
              onPress={() => {
                setOpen({ form: 'pattern', of: null });
              }}
            >
              {t('roster.addPattern')}
            </Button>
            <Button
              onPress={() => {
                setOpen({ form: 'change', of: null });
              }}
            >
              {t('roster.change')}
            </Button>
            <Button
              variant="primary"
              isDisabled={!data.patterns.some(({ isActive }) => isActive)}
              onPress={() => {
                setOpen({ form: 'put' });
              }}
            >
              {t('roster.put')}
            </Button>
          </div>
        )}
      </header>
      <p className={css.words}>{t(data?.isKept === false ? 'roster.notKept' : 'roster.words')}</p>
      {isCompany && (
        <ScopePicker
          kind="department"
          label={t('roster.department')}
          value={scopeId}
          onChange={(scope) => {
            void navigate({ ...url.roster({ ...search, scope }) });
          }}
          className={own.picker ?? ''}
        />
      )}
      <Pending of={roster} />
      {data !== undefined && (
        <>
          <div className={own.bar}>
            <Button
              size="small"
              onPress={() => {
                go(addDays(data.from, -7));
              }}
            >
              {t('roster.before')}
            </Button>
            <Button
              size="small"
              onPress={() => {
                go(undefined);
              }}
            >
              {t('roster.today')}
            </Button>
            <Button
              size="small"
              onPress={() => {
                go(addDays(data.from, 7));
              }}
            >
              {t('roster.after')}
            </Button>
            <span className={css.meta}>{t('roster.week', { from: data.from, days: data.days })}</span>
            <ExportLinks
              list="roster"
              query={{
                ...(scopeId === undefined ? {} : { scopeId }),
                ...(search.from === undefined ? {} : { from: search.from }),
              }}
            />
          </div>
          {data.people.length === 0 ? (
            <EmptyState icon={CalendarClock} title={t('roster.noPeople')} text={t('roster.noPeopleWords')} />
          ) : (
            <Week
              roster={data}
              onPress={
                mayWrite
                  ? (accountId, onDate) => {
                      setOpen({ form: 'change', of: { accountId, onDate } });
                    }
                  : null
              }
            />
          )}
          <div className={own.columns}>
            <Patterns
              roster={data}
              onOpen={
                mayWrite
                  ? (of) => {
                      setOpen({ form: 'pattern', of });
                    }
                  : null
              }
            />
            <Followers roster={data} mayWrite={mayWrite} />
            <Changes roster={data} mayWrite={mayWrite} />
          </div>
          {open?.form === 'pattern' && <PatternForm roster={data} of={open.of} onClose={close} />}
          {open?.form === 'put' && <PutForm roster={data} onClose={close} />}
          {open?.form === 'change' && <ChangeForm roster={data} of={open.of} onClose={close} />}
        </>
      )}
    </div>
  );
}

function useHours(timeZone: string) {
  const { locale } = useText();
  const hours = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  return (span: { from: string; to: string }): string =>
    `${hours.format(new Date(span.from))}–${hours.format(new Date(span.to))}`;
}

function Week({
  roster,
  onPress,
}: {
  roster: Roster;
  onPress: ((accountId: string, onDate: string) => void) | null;
}) {
  const { t, tk, locale, number } = useText();
  const hoursOf = useHours(roster.timeZone);
  const now = useNow();
  const dates = Array.from({ length: roster.days }, (_, i) => addDays(roster.from, i));
  const today = localDate(now, roster.timeZone);
  const names = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const shownOn = (person: Person, date: string) =>
    person.spans.filter(({ from }) => localDate(Date.parse(from), roster.timeZone) === date);
  return (
    <div className={css.scroll} role="group" aria-label={t('roster.title')} tabIndex={0}>
      <table className={cx(css.table, own.grid)}>
        <thead>
          <tr>
            <th scope="col">{t('roster.person')}</th>
            {dates.map((date) => (
              <th key={date} scope="col" className={date === today ? own.today : undefined}>
                {names.format(new Date(`${date}T00:00:00Z`))}
              </th>
            ))}
            <th scope="col">{t('roster.hours')}</th>
          </tr>
        </thead>
        <tbody>
          {roster.people.map((person) => (
            <tr key={person.accountId}>
              <th scope="row">
                {person.displayName}{' '}
                <StatusChip
                  tone={person.duty === 'on' ? 'moving' : 'waiting'}
                  word={t(`dispatch.duty.${person.duty}`)}
                />
                <br />
                <span className={css.meta}>
                  {person.title}
                  {person.skills
                    .filter(({ isValid }) => !isValid)
                    .map(({ skill }) => (
                      <span key={skill} className={css.lapsed}>
                        {' · '}
                        {t('roster.lapsed', { skill: tk(`skills.${skill}`) })}
                      </span>
                    ))}
                </span>
              </th>
              {dates.map((date) => {
                const spans = shownOn(person, date);
                return (
                  <td key={date} className={date === today ? own.today : undefined}>
                    {spans.length === 0 && <span className={own.free}>{t('roster.free')}</span>}
                    {spans.map((span) => {
                      const words = hoursOf(span);
                      const look = cx(
                        own.slot,
                        span.kind === 'overtime' && own.overtime,
                        span.kind === 'standby' && own.standby,
                      );
                      const mark =
                        span.kind === 'duty'
                          ? ''
                          : ` ${t(span.kind === 'overtime' ? 'roster.change.overtime' : 'dispatch.duty.standby')}`;
                      return onPress === null || span.kind === 'overtime' ? (
                        <span key={span.from} className={look}>
                          {words}
                          {mark}
                        </span>
                      ) : (
                        <button
                          key={span.from}
                          type="button"
                          className={look}
                          onClick={() => {
                            onPress(person.accountId, date);
                          }}
                        >
                          <span className="gz-hidden">{person.displayName} </span>
                          {words}
                          {mark}
                        </button>
                      );
                    })}
                  </td>
                );
              })}
              <td>{t('roster.hoursOf', { hours: number(Math.round(person.minutes / 6) / 10) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Patterns({ roster, onOpen }: { roster: Roster; onOpen: ((of: Pattern) => void) | null }) {
  const { t } = useText();
  return (
    <section className={own.part} aria-labelledby="patterns">
      <h2 id="patterns" className={css.heading}>
        {t('roster.patterns')}
      </h2>
      {roster.patterns.map((pattern) => (
        <div key={pattern.id} className={own.row}>
          <span className={pattern.isActive ? undefined : css.gone}>
            {pattern.name} {!pattern.isActive && t('roster.retired')}
          </span>
          {onOpen !== null && (
            <Button
              size="small"
              variant="quiet"
              onPress={() => {
                onOpen(pattern);
              }}
            >
              {t('roster.pattern')}
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}

const nameIn = (roster: Roster, accountId: string | null): string =>
  roster.people.find((person) => person.accountId === accountId)?.displayName ?? '';

function Followers({ roster, mayWrite }: { roster: Roster; mayWrite: boolean }) {
  const { t } = useText();
  const { isBusy, send } = useSend();
  const now = useNow();
  const end = async (id: string): Promise<void> => {
    // Yesterday was the last day: from today on they no longer follow it.
    const lastDay = addDays(localDate(now, roster.timeZone), -1);
    if (
      (await send([id, lastDay], (key) => dispatchApi.end(roster.scopeId, id, { lastDay }, key))) ===
      undefined
    )
      return;
    notify(t('roster.ended'));
    void queryClient.invalidateQueries({ queryKey: queryKeys.roster });
  };
  return (
    <section className={own.part} aria-labelledby="followers">
      <h2 id="followers" className={css.heading}>
        {t('roster.rosters')}
      </h2>
      {roster.rosters.map((one) => {
        const facts = {
          name: nameIn(roster, one.accountId),
          pattern: roster.patterns.find(({ id }) => id === one.patternId)?.name ?? '',
          from: one.startsOn,
        };
        return (
          <div key={one.id} className={own.row}>
            <span>
              {one.lastDay === null
                ? t('roster.follows', facts)
                : t('roster.followsUntil', { ...facts, to: one.lastDay })}
            </span>
            {mayWrite && one.lastDay === null && (
              <Button size="small" variant="quiet" isBusy={isBusy} onPress={() => void end(one.id)}>
                {t('roster.end')}
              </Button>
            )}
          </div>
        );
      })}
    </section>
  );
}

function Changes({ roster, mayWrite }: { roster: Roster; mayWrite: boolean }) {
  const { t, exact } = useText();
  const { isBusy, send } = useSend();
  const withdraw = async (id: string): Promise<void> => {
    if ((await send(id, (key) => dispatchApi.withdraw(roster.scopeId, id, key))) === undefined) return;
    notify(t('roster.withdrawn'));
    void queryClient.invalidateQueries({ queryKey: queryKeys.roster });
  };
  return (
    <section className={own.part} aria-labelledby="changes">
      <h2 id="changes" className={css.heading}>
        {t('roster.changes')}
      </h2>
      {roster.changes.length === 0 && <p className={css.words}>{t('roster.noChanges')}</p>}
      {roster.changes.map((change) => (
        <div key={change.id} className={own.row}>
          <span>
            <strong>{t(`roster.change.${change.kind}`)}</strong>{' '}
            {change.kind === 'swap'
              ? t('roster.swapLine', {
                  name: nameIn(roster, change.accountId),
                  other: nameIn(roster, change.withAccountId),
                })
              : nameIn(roster, change.accountId)}
            <br />
            <span className={css.meta}>
              {change.onDate ?? `${exact(change.from ?? '')} – ${exact(change.to ?? '')}`} · {change.reason} ·{' '}
              {change.byName}
            </span>
          </span>
          {mayWrite && (
            <Button size="small" variant="quiet" isBusy={isBusy} onPress={() => void withdraw(change.id)}>
              {t('roster.withdraw')}
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}

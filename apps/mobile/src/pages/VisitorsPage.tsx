import { Button } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import type { Tone } from '@gongzhi/ui/tone.ts';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { formatSpan, formatWhen } from '@gongzhi/i18n/when.ts';
import { useQuery } from '@tanstack/react-query';
import { UserPlus, Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { url } from '../app/routes.ts';
import { type Translate, useWords } from '../app/words.ts';
import {
  type Invitation,
  invitationsQuery,
  ownQuery,
  type Pass,
  visitsQuery,
} from '../features/passage/api.ts';
import css from '../features/passage/passage.module.css';
import { PlaceSwitch, useHere } from '../features/session/here.tsx';
import { useMe } from '../features/session/me.ts';

const InviteSheet = lazy(async () => ({
  default: (await import('../features/passage/InviteSheet.tsx')).InviteSheet,
}));
const InvitedSheet = lazy(async () => ({
  default: (await import('../features/passage/InvitedSheet.tsx')).InvitedSheet,
}));

const LIVING: ReadonlySet<Pass['state']> = new Set(['standing', 'coming', 'suspended']);
const toneOf = (state: Pass['state']): Tone => {
  if (state === 'standing') return 'moving';
  if (state === 'suspended') return 'due';
  return state === 'used_up' ? 'done' : 'waiting';
};

/** Somebody who comes every week: on which days, and when. */
function hoursOf(pass: Pass, t: Translate): string | null {
  const [span] = pass.hours;
  if (span === undefined) return null;
  const clock = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return t('pass.visitors.hours', {
    days: span.days.map((day) => t(`pass.day.${day as 1}`)).join(t('common.listSeparator')),
    from: clock(span.fromMinute),
    to: clock(span.toMinute),
  });
}

/** Whom one expects, the code to send them, and who came. */
export default function VisitorsPage() {
  const words = useWords();
  const { t } = words;
  const me = useMe();
  const here = useHere(me);
  const [isInviting, setInviting] = useState(false);
  const [shown, setShown] = useState<Invitation | null>(null);
  const own = useQuery(ownQuery(here.scopeId));
  const list = useQuery(invitationsQuery(here.scopeId));
  const { household } = here;
  const coming = list.data?.items.filter(({ pass }) => LIVING.has(pass.state)) ?? [];
  const past = list.data?.items.filter(({ pass }) => !LIVING.has(pass.state)) ?? [];
  return (
    <>
      <PageHead title={t('pass.visitors.title')} back={url.home()} />
      <PlaceSwitch me={me} here={here} />
      {household !== null && own.data !== undefined && (
        <Button
          variant="primary"
          size="large"
          icon={UserPlus}
          isWide
          onPress={() => {
            setInviting(true);
          }}
        >
          {t('pass.visitors.invite')}
        </Button>
      )}
      {list.data === undefined &&
        (list.error === null ? (
          <Skeleton lines={4} isCard label={t('mobile.page.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, list.error)}
            {...traceOf(list.error)}
            onRetry={() => {
              void list.refetch();
            }}
          />
        ))}
      {list.data !== undefined && coming.length === 0 && (
        <EmptyState icon={Users} title={t('pass.visitors.none')} text={t('pass.visitors.noneText')} />
      )}
      {coming.length > 0 && (
        <section className={css.one} aria-labelledby="coming">
          <h2 id="coming" className={css.heading}>
            {t('pass.visitors.coming')}
          </h2>
          <List invitations={coming} onOpen={setShown} />
        </section>
      )}
      <Came scopeId={here.scopeId} />
      {past.length > 0 && (
        <section className={css.one} aria-labelledby="past">
          <h2 id="past" className={css.heading}>
            {t('pass.visitors.past')}
          </h2>
          <List invitations={past} onOpen={null} />
        </section>
      )}
      {isInviting && household !== null && own.data !== undefined && (
        <Suspense fallback={null}>
          <InviteSheet
            own={own.data}
            scopeId={here.scopeId}
            householdId={household.id}
            onDone={(invitation) => {
              setInviting(false);
              setShown(invitation);
            }}
            onClose={() => {
              setInviting(false);
            }}
          />
        </Suspense>
      )}
      {shown !== null && (
        <Suspense fallback={null}>
          <InvitedSheet
            invitation={shown}
            scopeName={here.scopeName}
            timeZone={list.data?.timeZone ?? own.data?.timeZone ?? 'Asia/Shanghai'}
            onClose={() => {
              setShown(null);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

function List({
  invitations,
  onOpen,
}: {
  invitations: readonly Invitation[];
  /** Null where there is nothing left to show. */
  onOpen: ((invitation: Invitation) => void) | null;
}) {
  const { t, locale } = useWords();
  const now = useNow();
  return (
    <ul className={css.list}>
      {invitations.map((invitation) => {
        const { pass } = invitation;
        return (
          <Card as="li" key={pass.id} label={pass.name ?? t(`pass.kind.${pass.kind}`)}>
            <div className={css.line}>
              <p className={css.name}>{pass.name}</p>
              <StatusChip tone={toneOf(pass.state)} word={t(`pass.state.${pass.state}`)} />
            </div>
            <p className={css.quiet}>
              {[
                t(`pass.kind.${pass.kind}`),
                pass.plate,
                hoursOf(pass, t) ??
                  (pass.validTo === null
                    ? formatWhen(locale, pass.validFrom, now)
                    : formatSpan(locale, pass.validFrom, pass.validTo, now)),
                pass.entriesAllowed === null
                  ? null
                  : t('pass.visitors.entries', { allowed: pass.entriesAllowed, used: pass.entriesUsed }),
              ]
                .filter((word) => word !== null)
                .join(' · ')}
            </p>
            {onOpen !== null && (
              <Button
                isWide
                onPress={() => {
                  onOpen(invitation);
                }}
              >
                {t('pass.visitors.open')}
              </Button>
            )}
          </Card>
        );
      })}
    </ul>
  );
}

function Came({ scopeId }: { scopeId: string }) {
  const { t, locale } = useWords();
  const now = useNow();
  const visits = useQuery(visitsQuery(scopeId));
  if (visits.data === undefined) return null;
  return (
    <Card label={t('pass.visitors.came')}>
      <h2 className={css.heading}>{t('pass.visitors.came')}</h2>
      {visits.data.items.length === 0 ? (
        <p className={css.quiet}>{t('pass.visitors.cameNone')}</p>
      ) : (
        <ul className={css.list}>
          {visits.data.items.slice(0, 20).map((visit) => (
            <li key={visit.passageId} className={css.line}>
              <span>
                {[
                  visit.name ?? t(`pass.kind.${visit.kind}`),
                  t(`pass.visitors.${visit.direction}`),
                  visit.gateName,
                ]
                  .filter((word) => word !== null)
                  .join(' · ')}
              </span>
              <time className={css.quiet} dateTime={visit.at}>
                {formatWhen(locale, visit.at, now)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

import { Button, cx, ErrorState, IconButton, Skeleton, StatusChip, Timeline, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../app/errors.ts';
import { url } from '../app/routes.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { ActionForm } from '../features/hotline/action-form.tsx';
import { type CaseAction, mainOf, offered, specs } from '../features/hotline/action-specs.ts';
import { type HotlineCase, hotlineApi, hotlineKeys } from '../features/hotline/api.ts';
import { CaseFacts } from '../features/hotline/case-facts.tsx';
import css from '../features/hotline/case.module.css';
import { Hands } from '../features/hotline/hands.tsx';
import { useCase } from '../features/hotline/use-case.ts';
import { eventWords, toneOf } from '../features/hotline/words.ts';

/** One case: what was said, through whose hands it goes, what happened, and what may be done now. */
export default function HotlineCasePage() {
  const text = useText();
  const { t } = text;
  const { caseId } = useParams({ from: '/shell/hotline/$caseId' });
  const found = useQuery({ queryKey: hotlineKeys.case(caseId), queryFn: () => hotlineApi.case(caseId) });
  useTitle(found.data?.number ?? t('hotline.title'));
  if (found.isPending) return <Skeleton label={t('common.loading')} lines={10} />;
  if (found.isError)
    return <ErrorState isPage text={problemText(found.error, text)} onRetry={() => void found.refetch()} />;
  return <View key={caseId} found={found.data} />;
}

function View({ found }: { found: HotlineCase }) {
  const text = useText();
  const { t, when, exact } = text;
  const now = useNow();
  const navigate = useNavigate();
  return (
    <article className={css.view} aria-label={found.number}>
      <header className={css.head}>
        <IconButton icon={ArrowLeft} label={t('hotline.back')} onPress={() => void navigate(url.hotline())} />
        <h1 className={css.title}>{found.number}</h1>
        <StatusChip isStrong tone={toneOf(found.status)} word={t(`hotline.status.${found.status}`)} />
        {found.isConfidential && <span className={css.mark}>{t('hotline.confidential')}</span>}
        {found.isRepeat && <span className={css.mark}>{t('hotline.repeat')}</span>}
        {found.round > 1 && (
          <span className={css.mark}>{t('hotline.callbacks.round', { round: found.round })}</span>
        )}
        {found.outcome === 'not_dispatched' && (
          <span className={css.mark}>{t('hotline.outcome.not_dispatched')}</span>
        )}
        <p className={css.deadline}>
          <span className={css.quiet}>{t('hotline.deadline')}</span>
          <strong data-late={found.isLate} title={exact(found.dueAt)}>
            {when(found.dueAt, now)}
            {found.isLate && ` · ${t('hotline.late')}`}
          </strong>
          {found.firstDueAt !== found.dueAt && (
            <span className={css.quiet}>
              {t('hotline.deadline.first', { at: when(found.firstDueAt, now) })}
            </span>
          )}
        </p>
      </header>
      <div className={css.columns}>
        <div className={css.column}>
          <CaseFacts found={found} />
        </div>
        <div className={css.column}>
          <Hands found={found} />
          <section className={css.part} aria-label={t('hotline.timeline')}>
            <h2 className={css.heading}>{t('hotline.timeline')}</h2>
            <Timeline
              label={t('hotline.timeline')}
              items={[...found.events].reverse().map((event) => ({
                id: event.id,
                at: event.at,
                title: eventWords(event, text, now),
                tone: event.kind.endsWith('late') ? ('late' as const) : ('waiting' as const),
                ...(event.actorName === null ? {} : { by: event.actorName }),
              }))}
            />
          </section>
        </div>
        <div className={css.column}>
          <Actions found={found} />
        </div>
      </div>
    </article>
  );
}

/** What one may do now; what one may not yet stands there too, under its reason. */
function Actions({ found }: { found: HotlineCase }) {
  const { t, tk } = useText();
  const [open, setOpen] = useState<CaseAction | null>(null);
  const { allowed: known, refused } = offered(found.actions);
  const main = mainOf(known, found.contactedAt !== null);
  // What it waits for stands first.
  const allowed = main === undefined ? known : [main, ...known.filter((action) => action !== main)];
  const { run, isBusy, error } = useCase(found);
  if (open !== null)
    return <ActionForm key={open} found={found} action={open} onClose={() => setOpen(null)} />;
  return (
    <section className={css.part} aria-label={t('hotline.actions')}>
      <h2 className={css.heading}>{t('hotline.actions')}</h2>
      {allowed.length === 0 && <p className={css.quiet}>{t('console.order.noActions')}</p>}
      <div className={css.actions}>
        {allowed.map((action) => (
          <Button
            key={action}
            isWide
            className={cx(action === main && css.main)}
            variant={action === main ? 'primary' : specs[action].isGrave === true ? 'danger' : 'secondary'}
            isBusy={action === 'sign' && isBusy}
            // Nothing to ask: it is done at once.
            onPress={() => {
              if (specs[action].fields.length === 0) void run(action, {});
              else setOpen(action);
            }}
          >
            {tk(`hotline.action.${action}`)}
          </Button>
        ))}
      </div>
      {error !== null && (
        <p className={css.wrong} role="alert">
          {error}
        </p>
      )}
      {[...refused].map(([reason, actions]) => (
        <div key={reason} className={css.refused}>
          <p className={css.quiet}>
            {t('hotline.notYet', {
              actions: actions
                .map((action) => tk(`hotline.action.${action}`))
                .join(t('common.listSeparator')),
              reason: tk(`hotlineReasons.${reason}`),
            })}
          </p>
        </div>
      ))}
    </section>
  );
}

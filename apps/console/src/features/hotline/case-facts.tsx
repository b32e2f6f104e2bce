import { StatusChip, useNow } from '@gongzhi/ui';
import { Link } from '@tanstack/react-router';
import { url } from '../../app/routes.ts';
import { useText } from '../../app/text.ts';
import type { HotlineCase } from './api.ts';
import { Caller } from './caller.tsx';
import css from './case.module.css';

/** What was said, where, by whom; what is done on site, which other calls are about it, and what the caller answered. */
export function CaseFacts({ found }: { found: HotlineCase }) {
  const { t, tk, when, exact } = useText();
  const now = useNow();
  const facts: [string, React.ReactNode][] = [
    [t('hotline.place'), [found.placeText, found.placeScopeName].filter(Boolean).join(' · ')],
    [t('hotline.topic'), found.topic],
    [t('hotline.column.urgency'), tk(`hotline.urgency.${found.urgency}`)],
    [t('hotline.caller'), <Caller key="caller" found={found} />],
    [
      t('hotline.received'),
      <time key="at" dateTime={found.receivedAt} title={exact(found.receivedAt)}>
        {when(found.receivedAt, now)}
      </time>,
    ],
    [t('hotline.source'), `${tk(`hotline.source.${found.source}`)} · ${found.sourceName}`],
    [t('hotline.column.lead'), found.leadName],
    [
      t('hotline.hang.title'),
      found.hangReason === null || found.hangReviewAt === null
        ? null
        : t('hotline.hang.until', { at: when(found.hangReviewAt, now), reason: found.hangReason }),
    ],
    [t('hotline.column.repliedAt'), found.repliedAt === null ? null : when(found.repliedAt, now)],
  ];
  return (
    <>
      <section className={css.part} aria-label={t('hotline.facts')}>
        <p className={css.said}>{found.description}</p>
        <dl className={css.facts}>
          {facts
            .filter(([, value]) => value !== null && value !== '')
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </section>
      <Orders found={found} />
      <Matter found={found} />
      <Answers found={found} />
      <Callbacks found={found} />
      <Exclusions found={found} />
    </>
  );
}

function Orders({ found }: { found: HotlineCase }) {
  const { t, tk, when } = useText();
  const now = useNow();
  if (found.orders.length === 0) return null;
  return (
    <section className={css.part} aria-label={t('hotline.orders')}>
      <h2 className={css.heading}>{t('hotline.orders')}</h2>
      <ul className={css.list}>
        {found.orders.map((order) => (
          <li key={order.id}>
            <Link {...url.order(order.scopeId, order.id)}>{order.number}</Link>
            <StatusChip
              tone={order.isOpen ? 'moving' : 'done'}
              word={tk(
                `console.status.${order.status}`,
                {},
                order.isOpen ? 'hotline.orders.open' : 'hotline.orders.done',
              )}
            />
            {order.workerName !== null && <span>{order.workerName}</span>}
            {order.finishedAt !== null && <span className={css.quiet}>{when(order.finishedAt, now)}</span>}
            {order.workDone !== null && <p className={css.words}>{order.workDone}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Matter({ found }: { found: HotlineCase }) {
  const { t, when } = useText();
  const now = useNow();
  if (found.matter.length + found.suggestions.length === 0) return null;
  return (
    <section className={css.part} aria-label={t('hotline.matter')}>
      {found.matter.length > 0 && (
        <>
          <h2 className={css.heading}>{t('hotline.matter')}</h2>
          <ul className={css.list}>
            {found.matter.map((one) => (
              <li key={one.id}>
                <Link {...url.hotlineCase(one.id)}>{one.number}</Link>
                <span className={css.quiet}>{when(one.receivedAt, now)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {found.suggestions.length > 0 && (
        <>
          <h2 className={css.heading}>{t('hotline.suggestions')}</h2>
          <ul className={css.list}>
            {found.suggestions.map((one) => (
              <li key={one.id}>
                <Link {...url.hotlineCase(one.id)}>{one.number}</Link>
                {one.isSameCaller && <span className={css.mark}>{t('hotline.suggestions.caller')}</span>}
                <span className={css.quiet}>{when(one.receivedAt, now)}</span>
                <p className={css.words}>{one.description}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Answers({ found }: { found: HotlineCase }) {
  const { t } = useText();
  return (
    <>
      {found.answer !== null && (
        <section className={css.part} aria-label={t('hotline.answer.title')}>
          <h2 className={css.heading}>{t('hotline.answer.title')}</h2>
          <p className={css.said}>{found.answer}</p>
        </section>
      )}
      {found.reply !== null && (
        <section className={css.part} aria-label={t('hotline.reply.title')}>
          <h2 className={css.heading}>{t('hotline.reply.title')}</h2>
          <p className={css.said}>{found.reply}</p>
        </section>
      )}
    </>
  );
}

function Callbacks({ found }: { found: HotlineCase }) {
  const { t, tk, when } = useText();
  const now = useNow();
  if (found.callbacks.length === 0) return null;
  const yes = (is: boolean) => t(is ? 'common.yes' : 'common.no');
  return (
    <section className={css.part} aria-label={t('hotline.callbacks')}>
      <h2 className={css.heading}>{t('hotline.callbacks')}</h2>
      <ul className={css.list}>
        {found.callbacks.map((call) => (
          <li key={call.round}>
            <span className={css.mark}>{t('hotline.callbacks.round', { round: call.round })}</span>
            <StatusChip
              tone={call.isValid ? 'done' : 'waiting'}
              word={
                call.isValid
                  ? t('hotline.callbacks.valid')
                  : tk(`hotline.invalid.${call.invalidReason ?? ''}`, {}, 'hotline.callbacks.invalid')
              }
            />
            {call.isExcluded && <StatusChip tone="waiting" word={t('hotline.callbacks.excluded')} />}
            {call.wasContacted !== null && (
              <span>
                {t('hotline.column.contacted')} {yes(call.wasContacted)}
              </span>
            )}
            {call.isSolved !== null && (
              <span>
                {t('hotline.column.solved')} {yes(call.isSolved)}
              </span>
            )}
            {call.satisfaction !== null && <span>{t(`ratings.${call.satisfaction}`)}</span>}
            <span className={css.quiet}>
              {call.recordedName} · {when(call.calledAt, now)}
            </span>
            {call.note !== null && <p className={css.words}>{call.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Exclusions({ found }: { found: HotlineCase }) {
  const { t, tk, when } = useText();
  const now = useNow();
  if (found.exclusions.length === 0) return null;
  return (
    <section className={css.part} aria-label={t('hotline.exclusions')}>
      <h2 className={css.heading}>{t('hotline.exclusions')}</h2>
      <ul className={css.list}>
        {found.exclusions.map((one) => (
          <li key={one.id}>
            <StatusChip
              tone={one.isApproved === null ? 'due' : one.isApproved ? 'done' : 'late'}
              word={t(
                one.isApproved === null
                  ? 'hotline.exclusions.waiting'
                  : one.isApproved
                    ? 'hotline.exclusions.approved'
                    : 'hotline.exclusions.refused',
              )}
            />
            <span>{tk(`hotline.ground.${one.ground}`)}</span>
            <span className={css.quiet}>
              {one.askedName} · {when(one.askedAt, now)}
            </span>
            <p className={css.words}>{one.reason}</p>
            {one.decisionReason !== null && (
              <p className={css.words}>
                {one.decidedName}: {one.decisionReason}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

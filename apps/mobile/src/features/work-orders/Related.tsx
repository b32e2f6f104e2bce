import { Card } from '@gongzhi/ui/Card.tsx';
import { StatusChip } from '@gongzhi/ui/Status.tsx';
import type { Order } from '../../api-types.ts';
import { url } from '../../app/routes.ts';
import { Link } from '../../app/router.tsx';
import { useWords } from '../../app/words.ts';
import css from './Related.module.css';

const DONE = new Set(['finished', 'confirmed', 'closed']);

/** One report, one story: what it was split into, or what it is part of, or the order that tells of the same matter. */
export function Related({ order }: { order: Order }) {
  const { t, locale } = useWords();
  if (order.related.length === 0 && order.outcome !== 'duplicate') return null;
  return (
    <Card labelledBy="related">
      <h2 id="related" className={css.heading}>
        {order.partCount > 0
          ? t('mobile.related.parts', { count: order.partCount })
          : t('mobile.related.title')}
      </h2>
      {order.outcome === 'duplicate' && <p>{t('mobile.related.merged')}</p>}
      <ul className={css.list}>
        {order.related.map((one) => (
          <li key={`${one.kind}.${one.id}`}>
            <Link to={url.order({ scopeId: one.scopeId, id: one.id })} className={css.link ?? ''}>
              <span className={css.words}>
                <span className={css.name}>
                  {locale === 'zh-CN' ? one.categoryNameZh : one.categoryNameEn}
                </span>
                <span className={css.quiet}>{one.description}</span>
              </span>
              <StatusChip
                tone={DONE.has(one.status) ? 'done' : one.status === 'cancelled' ? 'waiting' : 'moving'}
                word={t(`statuses.${one.status}`)}
              />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What was said of the work, and what the desk answered. */
export function Rated({ order }: { order: Order }) {
  const { t } = useWords();
  if (order.rating === null || (order.ratingReply === null && Object.keys(order.ratingAspects).length === 0))
    return null;
  const aspects = (['speed', 'manner', 'quality'] as const).flatMap((aspect) => {
    const score = order.ratingAspects[aspect];
    return score === undefined ? [] : [{ aspect, score }];
  });
  return (
    <Card label={t('mobile.rate.answer')}>
      {aspects.length > 0 && (
        <dl className={css.aspects}>
          {aspects.map(({ aspect, score }) => (
            <div key={aspect} className={css.aspect}>
              <dt>{t(`aspects.${aspect}`)}</dt>
              <dd>{t(`ratings.${score}`)}</dd>
            </div>
          ))}
        </dl>
      )}
      {order.ratingReply !== null && (
        <p className={css.reply}>{t('mobile.rate.reply', { text: order.ratingReply })}</p>
      )}
    </Card>
  );
}

import { Icon, useNow } from '@gongzhi/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { GitMerge, Link2, Split } from 'lucide-react';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { queryKeys } from '../../app/query.ts';
import { url } from '../../app/routes.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { Section } from '../orders/section.tsx';
import { earlier } from './after.ts';
import css from './after.module.css';

const MARK: Readonly<Record<string, typeof Split>> = {
  part_of: Split,
  has_part: Split,
  duplicate_of: GitMerge,
  duplicated_by: GitMerge,
};

/** What belongs to it, what was done before, and what was said on the phone. */
export default function AfterSection({ order }: { order: Order }) {
  const { t, tk, named, when } = useText();
  const mayCall = useMay('callback.work');
  const calls = useQuery({
    queryKey: queryKeys.calls(order.id),
    queryFn: () => api.calls(order.scopeId, order.id),
    enabled: mayCall && order.callbackAttempts > 0,
  });
  const now = useNow();
  const visits = earlier(order);
  return (
    <Section id="after" title={t('console.after.title')} count={order.related.length + visits.length}>
      {order.related.length > 0 && (
        <ul className={css.list}>
          {order.related.map((one) => (
            <li key={`${one.kind}.${one.id}`} className={css.row}>
              <Icon of={MARK[one.kind] ?? Link2} size={14} />
              <span className={css.words}>
                <span className={css.quiet}>{tk(`linkKinds.${one.kind}`, {}, 'console.order.link')}</span>{' '}
                <Link {...url.order(one.scopeId, one.id)}>{one.number}</Link>{' '}
                {named({ zh: one.categoryNameZh, en: one.categoryNameEn })}
                <span className={css.quiet}>{tk(`console.status.${one.status}`)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {order.disputeReason !== null && order.disputeCount > 0 && (
        <p className={css.quote}>
          {t('console.after.disputed', { count: order.disputeCount, reason: order.disputeReason })}
        </p>
      )}
      {visits.map((step) => (
        <p key={step.id} className={css.visit}>
          <span className={css.quiet}>
            {t('console.after.visit', { visit: step.visit, name: step.handlerName ?? '' })}
          </span>{' '}
          {step.workDone}
        </p>
      ))}
      {(calls.data?.items ?? []).map((call) => (
        <p key={call.id} className={css.visit}>
          <span className={css.quiet}>
            {t('console.after.call', { name: call.callerName, when: when(call.at, now) })}
          </span>{' '}
          {tk(`callbackResults.${call.result}`)}
          {call.score !== null && ` · ${tk(`ratings.${call.score}`)}`}
        </p>
      ))}
    </Section>
  );
}

import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Button, buttonClass } from '@gongzhi/ui/Button.tsx';
import { Card } from '@gongzhi/ui/Card.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { useNow } from '@gongzhi/ui/useNow.ts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { api } from '../../api.ts';
import type { Similar } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { Link, navigate } from '../../app/router.tsx';
import { url } from '../../app/routes.ts';
import { useWords } from '../../app/words.ts';
import { takeOrder } from '../work-orders/queries.ts';
import type { ReportDraft } from './draft.ts';
import css from './Similar.module.css';

const FRESH_MS = 30_000;

/** What neighbours have already reported there: following it is quicker than reporting it once more. */
export function SimilarReports({
  draft,
  scopeId,
  onFollowed,
}: {
  draft: ReportDraft;
  scopeId: string;
  /** The draft is needed no more. */
  onFollowed: () => Promise<void>;
}) {
  const words = useWords();
  const { t } = words;
  const asked = useDeferredValue({
    category: draft.categoryCode ?? '',
    buildingId: draft.buildingId,
    facilityId: draft.facilityId,
    spot: draft.spot.trim(),
    words: draft.description.trim().slice(0, 200),
  });
  const isAskable =
    asked.category !== '' && (asked.buildingId !== '' || asked.facilityId !== '' || asked.spot.length > 1);
  const similar = useQuery({
    queryKey: ['similar', scopeId, asked],
    queryFn: () => api.similar({ scopeId, ...asked }),
    enabled: isAskable,
    staleTime: FRESH_MS,
    // Nothing jumps while one goes on typing.
    placeholderData: keepPreviousData,
    // It is a help: where it can't be had the report is written without.
    retry: false,
  });
  if (!isAskable || similar.data === undefined || similar.data.items.length === 0) return null;
  return (
    <Card labelledBy="similar" className={css.card ?? ''}>
      <h2 id="similar" className={css.heading}>
        {t('mobile.similar.title')}
      </h2>
      <p className={css.text}>{t('mobile.similar.text')}</p>
      <ul className={css.list}>
        {similar.data.items.map((one) => (
          <li key={one.id}>
            <Row similar={one} onFollowed={onFollowed} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Row({ similar, onFollowed }: { similar: Similar; onFollowed: () => Promise<void> }) {
  const words = useWords();
  const { t, locale } = words;
  const now = useNow();
  const client = useQueryClient();
  const to = url.order({ scopeId: similar.scopeId, id: similar.id });
  const follow = useMutation({
    // Following twice is following once: a key of its own each time does no harm.
    mutationFn: () => api.follow(similar.scopeId, similar.id, true, newKey()),
    onSuccess: async (order) => {
      takeOrder(client, order);
      await onFollowed();
      navigate(to, { isReplacing: true });
      notify(t('mobile.follow.done'));
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  return (
    <div className={css.row}>
      <p className={css.what}>
        <strong>{locale === 'zh-CN' ? similar.categoryNameZh : similar.categoryNameEn}</strong>{' '}
        {similar.placeLabel}
      </p>
      <p className={css.text}>
        {t('mobile.similar.when', { when: formatWhen(locale, similar.createdAt, now) })} ·{' '}
        {t('mobile.similar.neighbours', { count: similar.neighbours })}
      </p>
      {similar.isMine || similar.isFollowed ? (
        <Link to={to} className={buttonClass()}>
          {t(similar.isMine ? 'mobile.similar.mine' : 'mobile.similar.following')}
        </Link>
      ) : (
        <Button
          isBusy={follow.isPending}
          onPress={() => {
            follow.mutate();
          }}
        >
          {t('mobile.similar.follow')}
        </Button>
      )}
    </div>
  );
}

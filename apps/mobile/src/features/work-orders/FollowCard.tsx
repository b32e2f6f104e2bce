import { Button } from '@gongzhi/ui/Button.tsx';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { notify } from '@gongzhi/ui/notices.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bell, BellOff } from 'lucide-react';
import { api } from '../../api.ts';
import type { Order } from '../../api-types.ts';
import { problemSentence } from '../../app/problems.ts';
import { useWords } from '../../app/words.ts';
import css from './FollowCard.module.css';
import { takeOrder } from './queries.ts';

const OVER: readonly Order['status'][] = ['closed', 'cancelled'];

/** A neighbour's matter: wait for it too, or no longer. And for who reported it, that others wait with them. */
export function FollowCard({ order }: { order: Order }) {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const follow = useMutation({
    mutationFn: (isFollowing: boolean) => api.follow(order.scopeId, order.id, isFollowing, newKey()),
    onSuccess: (next) => {
      takeOrder(client, next);
      notify(t(next.isFollowed ? 'mobile.follow.done' : 'mobile.follow.stopped'));
    },
    onError: (error) => {
      notify(problemSentence(words, error), { tone: 'late' });
    },
  });
  const canFollow = !order.isMine && order.isPublic && !OVER.includes(order.status);
  const others = order.followerCount - Number(order.isFollowed);
  if (!canFollow && !order.isFollowed && others === 0) return null;
  return (
    <div className={css.follow}>
      {others > 0 && <p className={css.count}>{t('mobile.follow.count', { count: others })}</p>}
      {order.isFollowed ? (
        <Button
          icon={BellOff}
          variant="quiet"
          isBusy={follow.isPending}
          onPress={() => {
            follow.mutate(false);
          }}
        >
          {t('mobile.follow.stop')}
        </Button>
      ) : (
        canFollow && (
          <Button
            icon={Bell}
            isBusy={follow.isPending}
            onPress={() => {
              follow.mutate(true);
            }}
          >
            {t('mobile.follow.follow')}
          </Button>
        )
      )}
    </div>
  );
}

import { Button, EmptyState, ErrorState, RelativeTime, Skeleton } from '@gongzhi/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CheckCheck, Inbox } from 'lucide-react';
import { api } from '../api.ts';
import type { InboxMessage } from '../api-types.ts';
import { problemText } from '../app/errors.ts';
import { queryClient, queryKeys } from '../app/query.ts';
import { useText } from '../app/text.ts';
import { useTitle } from '../app/title.ts';
import { targetOf } from '../features/inbox/link.ts';
import css from './inbox.module.css';

/** One's own messages; each opens what it speaks of and is read by that. */
export default function InboxPage() {
  const text = useText();
  const { t } = text;
  useTitle(t('console.nav.inbox'));
  const inbox = useInfiniteQuery({
    queryKey: queryKeys.inbox,
    queryFn: ({ pageParam }) =>
      api.inbox(pageParam === null ? { limit: 50 } : { limit: 50, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const messages = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const hasUnread = messages.some((message) => message.readAt === null);

  const again = (): void => {
    void queryClient.invalidateQueries({ queryKey: queryKeys.inbox });
    void queryClient.invalidateQueries({ queryKey: queryKeys.unread });
  };
  const readAll = (): void => {
    api.markAllRead().then(again, again);
  };

  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1 className={css.title}>{t('console.nav.inbox')}</h1>
        {hasUnread && (
          <Button icon={CheckCheck} size="small" onPress={readAll}>
            {t('console.inbox.readAll')}
          </Button>
        )}
      </header>
      {inbox.isPending && <Skeleton label={t('common.loading')} lines={8} isCard />}
      {inbox.isError && (
        <ErrorState text={problemText(inbox.error, text)} onRetry={() => void inbox.refetch()} />
      )}
      {inbox.isSuccess && messages.length === 0 && (
        <EmptyState icon={Inbox} title={t('console.inbox.empty')} text={t('console.inbox.emptyWords')} />
      )}
      {messages.length > 0 && (
        <ul className={css.list}>
          {messages.map((message) => (
            <Message key={message.id} message={message} onRead={again} />
          ))}
        </ul>
      )}
      {inbox.hasNextPage && (
        <Button isBusy={inbox.isFetchingNextPage} onPress={() => void inbox.fetchNextPage()}>
          {t('console.list.more')}
        </Button>
      )}
    </div>
  );
}

function Message({ message, onRead }: { message: InboxMessage; onRead: () => void }) {
  const { t, notice } = useText();
  const isNew = message.readAt === null;
  const target = targetOf(message.link);
  const words = notice(message.template, message.params);
  const read = (): void => {
    if (isNew) api.markRead(message.id).then(onRead, onRead);
  };
  return (
    <li className={css.message} data-new={isNew}>
      <span className={css.mark}>{isNew && <span className="gz-hidden">{t('console.inbox.new')}</span>}</span>
      {target === null ? (
        <p className={css.words}>{words}</p>
      ) : (
        <Link {...target} className={css.words} onClick={read}>
          {words}
        </Link>
      )}
      <span className={css.when}>
        <RelativeTime at={message.createdAt} />
      </span>
    </li>
  );
}

import { noticeText } from '@gongzhi/i18n/mobile-app.ts';
import { formatWhen } from '@gongzhi/i18n/when.ts';
import { Button } from '@gongzhi/ui/Button.tsx';
import { cardClass } from '@gongzhi/ui/Card.tsx';
import { Skeleton } from '@gongzhi/ui/Progress.tsx';
import { EmptyState, ErrorState } from '@gongzhi/ui/States.tsx';
import { cx } from '@gongzhi/ui/tone.ts';
import { nowFor, useNow } from '@gongzhi/ui/useNow.ts';
import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { CheckCheck, MessageSquare } from 'lucide-react';
import { api } from '../api.ts';
import type { InboxMessage } from '../api-types.ts';
import { PageHead } from '../app/PageHead.tsx';
import { problemSentence, traceOf } from '../app/problems.ts';
import { Link } from '../app/router.tsx';
import { remembered } from '../app/seen.ts';
import { useWords } from '../app/words.ts';
import css from './MessagesPage.module.css';

const inbox = infiniteQueryOptions({
  queryKey: ['inbox'],
  queryFn: (asking) =>
    asking.pageParam === null
      ? remembered('inbox', asking, () => api.inbox(null))
      : api.inbox(asking.pageParam),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

export default function MessagesPage() {
  const words = useWords();
  const { t } = words;
  const client = useQueryClient();
  const messages = useInfiniteQuery(inbox);
  const all = messages.data?.pages.flatMap(({ items }) => items);
  const readAgain = (): void => {
    void client.invalidateQueries({ queryKey: ['inbox'] });
    void client.invalidateQueries({ queryKey: ['unread'] });
  };
  const readAll = useMutation({ mutationFn: api.markAllRead, onSuccess: readAgain });
  const readOne = useMutation({ mutationFn: api.markRead, onSuccess: readAgain });
  const hasUnread = all?.some(({ readAt }) => readAt === null) === true;
  return (
    <>
      <PageHead title={t('mobile.messages.title')} />
      {hasUnread && (
        <Button
          className={css.all ?? ''}
          icon={CheckCheck}
          isBusy={readAll.isPending}
          onPress={() => {
            readAll.mutate();
          }}
        >
          {t('mobile.messages.readAll')}
        </Button>
      )}
      {all === undefined &&
        (messages.error === null ? (
          <Skeleton lines={6} isCard label={t('common.loading')} />
        ) : (
          <ErrorState
            text={problemSentence(words, messages.error)}
            {...traceOf(messages.error)}
            onRetry={() => {
              void messages.refetch();
            }}
          />
        ))}
      {all?.length === 0 && (
        <EmptyState
          icon={MessageSquare}
          title={t('mobile.messages.none')}
          text={t('mobile.messages.noneText')}
        />
      )}
      {all !== undefined && all.length > 0 && (
        <ul className={css.list}>
          {all.map((message) => (
            <li key={message.id}>
              <Message
                message={message}
                onRead={() => {
                  if (message.readAt === null) readOne.mutate(message.id);
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {messages.hasNextPage && (
        <Button
          isWide
          isBusy={messages.isFetchingNextPage}
          onPress={() => {
            void messages.fetchNextPage();
          }}
        >
          {t('mobile.orders.more')}
        </Button>
      )}
    </>
  );
}

function Message({ message, onRead }: { message: InboxMessage; onRead: () => void }) {
  const { t, locale } = useWords();
  const now = useNow();
  const isNew = message.readAt === null;
  const content = (
    <>
      <span className={css.text}>
        {isNew && <span className={css.dot} aria-hidden="true" />}
        {isNew && <span className="gz-hidden">{t('mobile.messages.new')}</span>}
        <span>{noticeText(locale, message.template, message.params)}</span>
      </span>
      <time className={css.when} dateTime={message.createdAt}>
        {formatWhen(locale, message.createdAt, nowFor(message.createdAt, now))}
      </time>
    </>
  );
  const look = cx(cardClass, css.message, isNew && css.new);
  if (message.link === null)
    return (
      <button type="button" className={look} onClick={onRead}>
        {content}
      </button>
    );
  return (
    <Link to={message.link} className={look} onClick={onRead}>
      {content}
    </Link>
  );
}

import { Button, EmptyState, ErrorState, notify, Skeleton, StatusChip, TextField } from '@gongzhi/ui';
import { newKey } from '@gongzhi/ui/client/index.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { HandCoins, Megaphone } from 'lucide-react';
import { useState } from 'react';
import { problemText } from '../../app/errors.ts';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.tsx';
import { useText } from '../../app/text.ts';
import { AskFirst } from '../../components/ask-first.tsx';
import css from '../ledger/css.ts';
import { accountsApi, accountsKeys, together } from './api.ts';
import { FiguresView } from './figures.tsx';

/** The month before this one, `2026-10`. */
function lastMonth(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() - 1, 1)).toISOString().slice(0, 7);
}

/** What would be published, as the owners will read it; then it goes out, for good. */
export function PublishTab({ scopeId, onPublished }: { scopeId: string; onPublished: (id: string) => void }) {
  const text = useText();
  const { t } = text;
  const mayPublish = useMay('accounts.publish');
  const [from, setFrom] = useState(lastMonth);
  const [to, setTo] = useState(lastMonth);
  const [note, setNote] = useState('');
  const [reason, setReason] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [fromMonth, toMonth] = [`${from}-01`, `${to}-01`];
  const isWhole = /^\d{4}-\d{2}$/.test(from) && /^\d{4}-\d{2}$/.test(to);
  const found = useInfiniteQuery({
    queryKey: accountsKeys.of('draft', scopeId, fromMonth, toMonth),
    queryFn: ({ pageParam }) =>
      accountsApi.draft({
        scopeId,
        fromMonth,
        toMonth,
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: isWhole,
  });
  // What is published is what the latest page was told with: an entry made meanwhile makes the server refuse it.
  const pages = found.data?.pages ?? [];
  const draft = pages.at(-1);
  const publish = async (): Promise<void> => {
    if (draft === undefined) return;
    const { figures, version } = draft;
    try {
      const { id } = await accountsApi.publish(
        {
          scopeId,
          fromMonth,
          toMonth,
          ...(note.trim() === '' ? {} : { note: note.trim() }),
          ...(version === 0 ? {} : { reason: reason.trim() }),
          expected: {
            lines: figures.lineCount,
            commonFen: figures.closing.commonFen,
            fundFen: figures.closing.fundFen,
          },
        },
        newKey(),
      );
      notify(t('accounts.publish.done'));
      await queryClient.invalidateQueries({ queryKey: accountsKeys.all });
      onPublished(id);
    } catch (problem) {
      notify(problemText(problem, text), { tone: 'late' });
      await queryClient.invalidateQueries({ queryKey: accountsKeys.all });
    }
  };
  const figures = together(pages.map((one) => one.figures));
  const { version = 0, withoutPapers: without = 0 } = draft ?? {};
  return (
    <section className={css.part}>
      <div className={css.months}>
        <TextField label={t('accounts.publish.from')} type="month" value={from} onChange={setFrom} />
        <TextField label={t('accounts.publish.to')} type="month" value={to} onChange={setTo} />
      </div>
      {found.isLoading && <Skeleton label={t('common.loading')} lines={8} />}
      {found.isError && (
        <ErrorState text={problemText(found.error, text)} onRetry={() => void found.refetch()} />
      )}
      {figures?.lines.length === 0 && <EmptyState icon={HandCoins} title={t('accounts.publish.nothing')} />}
      {figures !== undefined && figures.lines.length > 0 && (
        <>
          <FiguresView scopeId={scopeId} figures={figures} list={found} />
          {without > 0 && <StatusChip tone="due" word={t('accounts.publish.missing', { count: without })} />}
          {version > 0 && (
            <TextField
              className={css.wide ?? ''}
              label={t('accounts.publish.reason')}
              maxLength={300}
              value={reason}
              onChange={setReason}
            />
          )}
          <TextField
            className={css.wide ?? ''}
            label={t('console.optional', { label: t('accounts.publish.note') })}
            rows={3}
            maxLength={600}
            value={note}
            onChange={setNote}
          />
          {mayPublish && (
            <Button
              variant="primary"
              icon={Megaphone}
              isDisabled={version > 0 && reason.trim() === ''}
              onPress={() => setAsking(true)}
            >
              {version === 0
                ? t('accounts.publish.do')
                : t('accounts.publish.again', { version: version + 1 })}
            </Button>
          )}
        </>
      )}
      {isAsking && (
        <AskFirst
          title={t('accounts.publish.ask', { from, to })}
          words={t('accounts.publish.warn')}
          keep={t('common.cancel')}
          act={t('accounts.publish.do')}
          onAct={publish}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

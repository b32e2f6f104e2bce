import type { QueryClient } from '@tanstack/react-query';
import { dropDraft, readDraft } from '../../app/useDraft.ts';
import type { Words } from '../../app/words.ts';
import { takeOrder } from '../work-orders/queries.ts';
import { type ReportDraft, reportName } from './draft.ts';
import { sayOutcome } from './kept-notice.ts';
import { reportOutboxOf } from './outbox.ts';

/** What was kept is sent on whatever page one is, and told. Answers how to stop telling. */
export function sendKeptReports(accountId: string, client: QueryClient, words: Words): () => void {
  const outbox = reportOutboxOf(accountId);
  return outbox.onSent((order, report) => {
    takeOrder(client, order);
    sayOutcome('sent', words.t('mobile.waiting.sent', { number: order.number }));
    // The page was closed while it was being sent: what still stands there has arrived.
    void forgetTwin(accountId, report.id);
  });
}

async function forgetTwin(accountId: string, key: string): Promise<void> {
  const name = reportName(accountId);
  const draft = await readDraft<ReportDraft>(name).catch(() => undefined);
  if (draft?.key === key) await dropDraft(name);
}

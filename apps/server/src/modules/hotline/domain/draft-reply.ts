import type { Instant } from '@gongzhi/kernel';

/**
 * The street's reply as the case's own facts tell it: who spoke with the caller and when, what was done on site, by
 * whom, what was extended and why, and the answer of who led. Lines of (label key, params): the words are i18n's, so that
 * nothing is invented here. What has no fact has no line.
 */
export interface ReplyFacts {
  readonly number: string;
  readonly receivedAt: Instant;
  readonly leadName: string | null;
  readonly contactedAt: Instant | null;
  readonly extensions: readonly { readonly until: Instant; readonly reason: string }[];
  readonly joints: readonly { readonly name: string; readonly text: string }[];
  readonly orders: readonly {
    readonly number: string;
    readonly arrivedAt: Instant | null;
    readonly finishedAt: Instant | null;
    readonly workerName: string | null;
    readonly workDone: string | null;
  }[];
  readonly answer: string | null;
}

export interface ReplyLine {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export function draftReply(facts: ReplyFacts): ReplyLine[] {
  const iso = (at: Instant) => new Date(at).toISOString();
  const lines: ReplyLine[] = [
    { key: 'hotline.draft.received', params: { number: facts.number, at: iso(facts.receivedAt) } },
  ];
  if (facts.leadName !== null) lines.push({ key: 'hotline.draft.lead', params: { unit: facts.leadName } });
  if (facts.contactedAt !== null)
    lines.push({ key: 'hotline.draft.contacted', params: { at: iso(facts.contactedAt) } });
  for (const { until, reason } of facts.extensions)
    lines.push({ key: 'hotline.draft.extended', params: { at: iso(until), reason } });
  for (const order of facts.orders) {
    if (order.finishedAt === null) continue;
    lines.push({
      key: order.workerName === null ? 'hotline.draft.done' : 'hotline.draft.doneBy',
      params: {
        number: order.number,
        at: iso(order.finishedAt),
        worker: order.workerName ?? '',
        work: order.workDone ?? '',
      },
    });
  }
  for (const { name, text } of facts.joints)
    lines.push({ key: 'hotline.draft.joint', params: { unit: name, text } });
  if (facts.answer !== null) lines.push({ key: 'hotline.draft.answer', params: { text: facts.answer } });
  return lines;
}

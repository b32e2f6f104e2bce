import { type EventRow, type Relation, TRANSITIONS } from '../rules.ts';

const relationOfRole: Readonly<Record<string, readonly Relation[]>> = {
  resident: ['reporter'],
  worker: [],
  desk: ['desk'],
  steward: ['desk'],
  manager: ['desk', 'manager'],
  company: ['company'],
  committee: ['overseer'],
  social_worker: ['overseer'],
  street: ['overseer'],
  city: ['overseer'],
  system: ['system'],
};

/**
 * Every status in which an order may stand after its timeline, by the transition table alone: what a test holds
 * against where it stands. Throws on what nobody may have done.
 */
export function replay(events: readonly EventRow[], reporterAccountId: string | null): Set<string> {
  let here = new Set(['submitted']);
  let pausedIn = new Set<string>();
  const moments = Map.groupBy(events, (e) => e.at.getTime());
  let assignee: string | null = null;
  for (const together of moments.values()) {
    const rest = together.filter((e) => e.kind !== 'work_order.submitted');
    const actor = rest.find((e) => e.actorRole !== 'system');
    // Time alone closes what nobody rated, or what staff found and nobody saw again.
    if (actor === undefined) {
      if (rest.some((e) => e.kind === 'work_order.closed')) here = new Set(['closed']);
      continue;
    }
    // A check-list answered moves the order nowhere; the start after it would be refused without.
    if (rest.every((e) => e.kind === 'work_order.safety_passed')) {
      if (![...here].some((status) => ['accepted', 'departed', 'arrived'].includes(status)))
        throw new Error(`a check-list was answered in ${[...here].join()}`);
      continue;
    }
    const who = [...relationOfRole[actor.actorRole]!];
    if (actor.actorAccountId === reporterAccountId) who.push('reporter');
    if (actor.actorAccountId === assignee) who.push('assignee');
    const moves = TRANSITIONS.filter(
      (t) =>
        rest.some((e) => e.kind === t.event) &&
        t.who.some((w) => who.includes(w)) &&
        t.from.some((s) => here.has(s)),
    );
    if (moves.length === 0)
      throw new Error(
        `${rest.map((e) => e.kind).join(' ')} by ${actor.actorRole} in ${[...here].join()}: nobody may`,
      );
    const next = new Set<string>();
    for (const { to } of moves)
      for (const target of to)
        for (const s of target === 'same' ? here : target === 'before_pause' ? pausedIn : [target])
          next.add(s);
    if (rest.some((e) => e.kind === 'work_order.paused')) pausedIn = here;
    assignee = assigneeAfter(rest, assignee);
    here = next;
  }
  return here;
}

function assigneeAfter(events: readonly EventRow[], before: string | null): string | null {
  let assignee = before;
  for (const { kind, params } of events) {
    if (kind === 'work_order.assigned' || kind === 'work_order.transferred')
      assignee = params['assigneeAccountId'] as string;
    if (kind === 'work_order.refused' || kind === 'work_order.disputed' || kind === 'work_order.reopened')
      assignee = null;
  }
  return assignee;
}

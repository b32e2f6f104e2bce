import type { Tx } from '../../platform/db/database.ts';
import type { Consumer, DispatchedEvent } from '../../platform/events/dispatcher.ts';
import { notify } from '../../platform/notify/notify.ts';
import type { House } from '../../platform/house.ts';
import { writeChange } from './changes.ts';
import { heardOf, recipientsOfParty } from './consumers.ts';
import { type Command, decide } from './domain.ts';
import { categoryAt, categoryOf, settingsOf, workingOf } from './facts.ts';
import { countOpenParts, duplicatesOf, lockAny, parentsOf } from './queries-family.ts';
import { nextOrder } from './service.ts';

/** What happens to one order and concerns others: the last part ends, a part begins again, a matter told twice goes on. */

const ends = [
  'work_order.closed',
  'work_order.force_closed',
  'work_order.cancelled',
  'work_order.referred',
  'work_order.merged',
];
const begins = ['work_order.reopened', 'work_order.unmerged'];

const system = { accountId: null, name: null, role: 'system' };

/** The report that was split is over when all its parts are, and goes on when one does. */
export const followParts: Consumer = {
  name: 'work_orders.parts',
  kinds: [...ends, ...begins],
  async handle(events, tx, house) {
    for (const event of events) {
      const isEnd = ends.includes(event.kind);
      for (const parentId of await parentsOf(tx, event.scopeId, [event.objectId])) {
        await follow(tx, house, event, parentId, isEnd);
      }
    }
  },
};

async function follow(
  tx: Tx,
  house: House,
  event: DispatchedEvent,
  parentId: string,
  isEnd: boolean,
): Promise<void> {
  const before = await lockAny(tx, event.scopeId, parentId);
  if (before === null) return;
  // Counted with the row locked: of two last parts that end together, the second sees the first.
  const openParts = await countOpenParts(tx, event.scopeId, parentId);
  if (isEnd === openParts > 0) return;
  const command: Command = isEnd ? { action: 'close_parts', openParts } : { action: 'reopen_parts' };
  const now = house.clock.now();
  const [category, settings, working] = await Promise.all([
    categoryAt(tx, before.state.categoryCode, before.wall, before.state.clockStartAt),
    settingsOf(house, tx, before.wall, now, before.state.categoryCode),
    workingOf(tx, before.wall),
  ]);
  if (category === null) throw new Error(`unknown category ${before.state.categoryCode}`);
  const decided = decide(before.state, command, {
    who: ['system'],
    now: now.getTime(),
    accountId: null,
    category,
    settings,
    working,
  });
  // Told twice, or already as it should be.
  if (!decided.ok) return;
  const after = nextOrder(before, decided.value, null, now);
  writeChange(tx, { before, after, decision: decided.value, steps: [], by: system, now });
}

const templates: Readonly<Record<string, string>> = {
  'work_order.finished': 'work_order.main_finished',
  'work_order.closed': 'work_order.main_closed',
  'work_order.force_closed': 'work_order.main_closed',
  'work_order.cancelled': 'work_order.main_closed',
  'work_order.referred': 'work_order.main_closed',
  'work_order.reopened': 'work_order.main_reopened',
};

/** Who told of the same matter first or later hears how it goes, on the order that is theirs. */
export const tellDuplicates: Consumer = {
  name: 'work_orders.duplicates',
  kinds: Object.keys(templates),
  async handle(events, tx) {
    for (const event of events) {
      const template = templates[event.kind];
      if (template === undefined) continue;
      const duplicates = await duplicatesOf(tx, event.scopeId, event.objectId);
      // Who told of it twice, or is told on the main order itself, hears it once.
      const heard = duplicates.length === 0 ? new Set<string>() : await heardOf(tx, event);
      for (const order of duplicates) {
        const category = await categoryOf(tx, order.categoryCode);
        const told = await recipientsOfParty(tx, event.scopeId, order, event.occurredAt);
        for (const { accountId, consentId } of told) {
          if (heard.has(accountId)) continue;
          heard.add(accountId);
          notify(tx, {
            scopeId: event.scopeId,
            accountId,
            template,
            params: {
              titleZh: category?.nameZh ?? '',
              titleEn: category?.nameEn ?? '',
              number: order.number,
            },
            link: `/m/orders/${event.scopeId}/${order.id}${consentId === null ? '' : `?as=${consentId}`}`,
            at: event.occurredAt,
          });
        }
      }
    }
  },
};

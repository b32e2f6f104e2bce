import type { Tx } from '../../platform/db/database.ts';
import { sql, type Statement } from '../../platform/db/sql.ts';
import { STAYING_KINDS } from './domain.ts';
import { gramsOf } from '@gongzhi/kernel';

/**
 * What of an order goes with it to the company that serves the place now, and what stays with whoever wrote it. Every
 * table that bears a company stands in one of the two lists, with the reason (`guards/passing.test.ts`).
 *
 * What is about the matter goes: what parties were told, agreed and promised. What is about the predecessor's own
 * people and their hours stays, and what of it still opens a door is closed.
 */
export interface Passing {
  readonly why: string;
  readonly statement: (matter: Passed) => Statement;
}

/** Whose matter goes to which company. */
export interface Passed {
  readonly scope: string;
  readonly id: string;
  readonly company: string;
  /** What it is found by. */
  readonly words: string;
  readonly now: Date;
}

export const passingRows: Readonly<Record<string, Passing>> = {
  'work_orders.event': {
    why: 'the story as parties are told it; internal words and STAYING_KINDS stay',
    statement: ({ scope, id, company }) =>
      sql`update work_orders.event set company_id = ${company}
          where scope_id = ${scope} and work_order_id = ${id} and not is_internal and kind <> all (${STAYING_KINDS})`,
  },
  'work_orders.link': {
    why: 'matters that belong together',
    statement: ({ scope, id, company }) =>
      sql`update work_orders.link set company_id = ${company} where scope_id = ${scope} and work_order_id = ${id}`,
  },
  'work_orders.charge': {
    why: 'what was agreed with the household binds whoever does the work',
    statement: ({ scope, id, company }) =>
      sql`update work_orders.charge set company_id = ${company} where scope_id = ${scope} and work_order_id = ${id}`,
  },
  'work_orders.charge_line': {
    why: 'what the agreed sum consists of',
    statement: ({ scope, id, company }) =>
      sql`update work_orders.charge_line set company_id = ${company} where scope_id = ${scope} and work_order_id = ${id}`,
  },
  'work_orders.charge_entry': {
    why: 'the quotations and the household’s answer and signature',
    statement: ({ scope, id, company }) =>
      sql`update work_orders.charge_entry set company_id = ${company} where scope_id = ${scope} and work_order_id = ${id}`,
  },
  'work_orders.visit': {
    why: 'when somebody is expected was promised to the household',
    statement: ({ scope, id, company }) =>
      sql`update work_orders.visit set company_id = ${company} where scope_id = ${scope} and work_order_id = ${id}`,
  },
  'work_orders.part': {
    why: 'what was ordered for this matter, and where it is asked for',
    statement: ({ scope, id, company }) =>
      sql`update work_orders.part set company_id = ${company} where scope_id = ${scope} and work_order_id = ${id}`,
  },
  'work_orders.follower': {
    why: 'the neighbours who wait for it',
    statement: ({ scope, id, company }) =>
      sql`update work_orders.follower set company_id = ${company} where scope_id = ${scope} and work_order_id = ${id}`,
  },
  'work_orders.slip': {
    why: 'the paper in the resident’s hand; only who serves them may withdraw it',
    statement: ({ scope, id, company }) =>
      sql`update work_orders.slip set company_id = ${company} where scope_id = ${scope} and work_order_id = ${id}`,
  },
  'work_orders.callback': {
    why: 'a call somebody had taken on is free again; calls that were made are colleagues’ words and stay',
    statement: ({ scope, id, company, now }) =>
      sql`update work_orders.callback set company_id = ${company}, claimed_until = least(claimed_until, ${now})
          where scope_id = ${scope} and work_order_id = ${id} and ended_at is null`,
  },
  // Before the words themselves: whoever writes them just now is waited for, and who comes later reads whose it is.
  'work_orders.unindexed': {
    why: 'that it waits to be found',
    statement: ({ scope, id, company }) =>
      sql`update work_orders.unindexed set company_id = ${company} where scope_id = ${scope} and work_order_id = ${id}`,
  },
  'work_orders.gram': {
    why: 'the words by which the desk finds it',
    statement: ({ scope, id, company, words }) =>
      sql`update work_orders.gram set company_id = ${company}
          where scope_id = ${scope} and gram = any (${[...gramsOf(words)]}::integer[]) and work_order_id = ${id}`,
  },
  'platform.file': {
    why: 'pictures, voices and signatures of the story; internal ones stay',
    statement: ({ scope, id, company }) =>
      sql`update platform.file set company_id = ${company}
          where scope_id = ${scope} and attached_id = ${id} and not is_internal`,
  },
};

/** What stays and must not go on working: the predecessor's helpers, and whom it let in from outside. */
const ending: readonly Passing['statement'][] = [
  ({ scope, id, now }) =>
    sql`update work_orders.crew set left_at = ${now} where scope_id = ${scope} and work_order_id = ${id} and left_at is null`,
  ({ scope, id, company, now }) =>
    sql`update work_orders.contractor_link set revoked_at = ${now}
        where scope_id = ${scope} and work_order_id = ${id} and revoked_at is null and company_id is distinct from ${company}`,
];

/** Beside the order itself, whose own row its service passes on. */
export const stayingRows: Readonly<Record<string, string>> = {
  'work_orders.work_order':
    'passed by the sweep itself while it is open; closed, it stays with whose work it was',
  'work_orders.figure_change': 'what an order counts for moves with the order itself, as rows of its own',
  'work_orders.figure_day': 'whose work was counted then; what passes is taken off here and added there',
  'work_orders.figure_place': 'whose work was counted then; what passes is taken off here and added there',
  'work_orders.figure_standing': 'whose work stands there; what passes is taken off here and added there',
  'work_orders.figure_pentad': 'whose work was counted then; what passes is taken off here and added there',
  'work_orders.figure_month': 'whose work was counted then; what passes is taken off here and added there',
  'work_orders.figure_region': 'whose work was counted then; what passes is taken off here and added there',
  'work_orders.figure_region_day':
    'whose work was counted then; what passes is taken off here and added there',
  'work_orders.figure_region_month':
    'whose work was counted then; what passes is taken off here and added there',
  'work_orders.figure_time': 'whose work was counted then; what passes is taken off here and added there',
  'work_orders.figure_worker': 'whose work was counted then; what passes is taken off here and added there',
  'work_orders.figure_worker_time':
    'whose work was counted then; what passes is taken off here and added there',
  'work_orders.step': 'who of the predecessor had it in hand, and how long',
  'work_orders.crew': 'the predecessor’s helpers; they leave on the day',
  'work_orders.contractor_link': 'whom the predecessor let in from outside; the link ends on the day',
  'work_orders.safety_answer': 'what the predecessor’s people checked; the successor’s are asked anew',
  'work_orders.field_change': 'who of the predecessor changed what',
  'work_orders.note': 'what a desk writes down for itself',
  'work_orders.correction': 'what a desk’s correction taught, kept for learning and read by nobody',
  'work_orders.handover': 'between two people of one department',
  'work_orders.handover_item': 'between two people of one department',
  'work_orders.imported': 'who brought a file in keeps its record',
  'work_orders.import_key': 'who brought a file in keeps its record',
  'work_orders.saved_filter': 'a desk’s own tool',
  'work_orders.list_view': 'a desk’s own tool',
  'work_orders.answer_template': 'a company’s manner of speaking',
  'work_orders.callback_script': 'a company’s manner of asking',
  'work_orders.callback_rule_version': 'whom a company calls, said by itself',
  'work_orders.price': 'a company’s price list, displayed to everybody; an agreed line keeps its price',
  'work_orders.category_version': 'a company’s rules from a day on',
  'work_orders.calendar_version': 'a company’s rules from a day on',
  'work_orders.duty_version': 'a company’s rules from a day on',
  'work_orders.receiver_version': 'a company’s rules from a day on',
  'platform.audit': 'who did what under whose responsibility',
  'platform.outbox': 'events are dispatched and gone',
  'platform.delivery': 'who was told, by whom and how, is the teller’s log',
  'platform.import_run': 'who brought a file in keeps its record',
};

/** In the transaction that makes an order another company's. */
export function passRows(tx: Tx, matter: Passed): void {
  for (const statement of ending) tx.write(statement(matter));
  for (const { statement } of Object.values(passingRows)) tx.write(statement(matter));
}

import { type Instant, localDate, SECOND } from '@gongzhi/kernel';
import type { Random } from '../random.ts';
import {
  type ActorOfChange,
  applySteps,
  type Category,
  type Command,
  decide,
  decideWorking,
  type Decision,
  type EventRow,
  markDue,
  nextOrder,
  type Order,
  type OrderEvent,
  type OrderState,
  type Relation,
  safetyListsFor,
  type StepRow,
  type WorkOrderSettings,
} from '../rules.ts';

/** Who acts, as the other parties read it, and what they are to every order of their place. */
export interface Party extends ActorOfChange {
  readonly relations: readonly Relation[];
}

export interface Handler {
  readonly name: string;
  readonly title: string;
}

/** What an order needs of the simulation around it. */
export interface Stage {
  readonly now: Instant;
  readonly settings: WorkOrderSettings;
  newId(at: Instant): string;
  handlerOf(accountId: string): Handler | null;
  /** False where nobody takes any: a million orders, and a catalogue that asks for none. */
  readonly hasPictures?: boolean;
}

/** A photo that belongs to this order: which drawing, who took it, and what it is attached as. */
export interface Shot {
  readonly fileId: string;
  readonly drawing: string;
  readonly uploadedBy: string;
  readonly type: 'work_order.report' | 'work_order.before' | 'work_order.work' | 'work_order.dispute';
  readonly at: Instant;
}

interface Aside {
  readonly at: Instant;
  readonly by: Party;
  readonly command: Command;
}

function isEnded(state: OrderState): boolean {
  return state.status === 'closed' || state.status === 'cancelled';
}

const nobody: Party = { accountId: null, name: null, role: 'system', relations: ['system'] };

/** What time brought is nobody's deed, though somebody's command brought it to light. */
const systemKinds: ReadonlySet<string> = new Set([
  'work_order.respond_overdue',
  'work_order.arrive_overdue',
  'work_order.resolve_overdue',
  'work_order.callback_wanted',
  'work_order.pause_ended',
]);

/**
 * One order while it is played. Time only goes forward, and never past the stage's now: a command for later is not
 * given, and the order stays as it is. Between commands time passes as in the running product: due claims mark what
 * ran out some seconds after it did.
 */
export class Life {
  order: Order;
  readonly steps: StepRow[] = [];
  readonly events: EventRow[] = [];
  readonly shots: Shot[] = [];
  readonly contact: { readonly name: string; readonly phone: string } | null;
  readonly #stage: Stage;
  readonly #random: Random;
  #category: Category;
  #asides: Aside[] = [];
  #at: Instant;

  constructor(
    stage: Stage,
    random: Random,
    category: Category,
    order: Order,
    contact: Life['contact'],
    born: { readonly decision: Decision; readonly by: Party },
  ) {
    this.#stage = stage;
    this.#random = random;
    this.#category = category;
    this.order = order;
    this.contact = contact;
    this.#at = order.state.createdAt;
    this.#record(null, born.decision, born.by, this.#at);
  }

  get state(): OrderState {
    return this.order.state;
  }

  get category(): Category {
    return this.#category;
  }

  /** When the last thing happened. */
  get at(): Instant {
    return this.#at;
  }

  /** Something that happens beside the main line, if the order still allows it then: a comment, an urging. */
  aside(at: Instant, by: Party, command: Command): void {
    this.#asides.push({ at: Math.round(at), by, command });
    this.#asides.sort((a, b) => a.at - b.at);
  }

  /** False when that moment has not come yet: then nothing more happens to this order. A refusal is a fault of the script. */
  act(at: Instant, by: Party, command: Command): boolean {
    const moment = Math.max(Math.round(at), this.#at + SECOND);
    if (moment > this.#stage.now) {
      this.finish();
      return false;
    }
    this.#pass(moment);
    const refused = this.#give(moment, by, command);
    if (refused !== null) {
      throw new Error(
        `${command.action} was refused (${refused}) for an order in ${this.state.status}, ${this.order.state.categoryCode}`,
      );
    }
    return true;
  }

  /** The same, but false too when somebody has ended the order meanwhile: a resident cancels while the worker rides. */
  actIfOpen(at: Instant, by: Party, command: Command): boolean {
    const moment = Math.max(Math.round(at), this.#at + SECOND);
    if (moment <= this.#stage.now) this.#pass(moment);
    return isEnded(this.state) ? false : this.act(at, by, command);
  }

  /** The check-list before dangerous work, answered yes throughout; true when there is none, or none any more. */
  checkIfOpen(at: Instant, by: Party): boolean {
    if (this.state.safety !== 'needed') return true;
    const moment = Math.max(Math.round(at), this.#at + SECOND);
    if (moment > this.#stage.now) {
      this.finish();
      return false;
    }
    this.#pass(moment);
    if (isEnded(this.state)) return false;
    const asked = safetyListsFor(this.#category.code, localDate(moment));
    // Pictures of a check are the staff's own; the street shows none.
    const lists = asked.map((list) => ({
      ...list,
      items: list.items.map((item) => ({ ...item, needsPhoto: false })),
    }));
    const answers = lists.flatMap((list) =>
      list.items.map((item) => ({
        list: list.code,
        item: item.code,
        answer: 'yes' as const,
        words: null,
        photoId: null,
      })),
    );
    const decided = decideWorking(
      this.state,
      { action: 'answer_safety', lists, answers },
      {
        who: ['assignee'],
        now: moment,
        accountId: by.accountId,
        category: this.#category,
        settings: this.#stage.settings,
        charge: null,
        proposed: { payer: 'household', warrantyOrderId: null, warrantyUntil: null },
        helper: null,
      },
    );
    if (!decided.ok) throw new Error(`the safety check was refused (${decided.error.reason})`);
    this.#apply(decided.value, by, moment);
    return true;
  }

  /** Lets time pass up to now: what is still to happen beside the main line, and what the clocks bring. */
  finish(): void {
    this.#pass(this.#stage.now);
  }

  #pass(until: Instant): void {
    while (this.#asides.length > 0 && this.#asides[0]!.at < until) {
      const aside = this.#asides.shift()!;
      const moment = Math.max(aside.at, this.#at + SECOND);
      if (moment >= until) break;
      this.#claim(moment);
      // Whoever comes too late with a comment or an urging finds the button disabled.
      this.#give(moment, aside.by, aside.command);
    }
    this.#claim(until);
  }

  /** The sweeps of the due claims: they come by every few seconds, so a due is marked that much after it. */
  #claim(until: Instant): void {
    for (;;) {
      const due = this.state.nextDueAt;
      if (due === null) return;
      const moment = Math.max(due + this.#random.int(1, 5) * SECOND, this.#at);
      if (moment >= until) return;
      const { settings } = this.#stage;
      const decision = markDue(this.state, { now: moment, category: this.#category, settings });
      this.#apply(decision, nobody, moment);
    }
  }

  #give(at: Instant, by: Party, command: Command): string | null {
    const who: Relation[] = [...by.relations];
    if (by.accountId !== null && by.accountId === this.order.wall.reporterAccountId) who.push('reporter');
    if (by.accountId !== null && by.accountId === this.state.assigneeAccountId) who.push('assignee');
    const { settings } = this.#stage;
    const decided = decide(this.state, command, {
      who,
      now: at,
      accountId: by.accountId,
      category: this.#category,
      settings,
    });
    if (!decided.ok) return decided.error.reason;
    const isNewCategory =
      (command.action === 'change_category' || command.action === 'triage') && command.category;
    if (isNewCategory) this.#category = isNewCategory as Category;
    this.#apply(decided.value, by, at);
    return null;
  }

  #apply(decision: Decision, by: Party, at: Instant): void {
    const before = this.order;
    const assignee = decision.order.assigneeAccountId;
    this.order = nextOrder(
      before,
      decision,
      assignee === null ? null : this.#stage.handlerOf(assignee),
      new Date(at),
    );
    this.#record(before, decision, by, at);
    this.#at = at;
  }

  #record(before: Order | null, decision: Decision, by: Party, at: Instant): void {
    // Ids of the simulation's own source, so that the same seed gives the same rows.
    const changed = applySteps(
      this.steps.at(-1) ?? null,
      decision.stepChanges,
      by,
      (id) => this.#stage.handlerOf(id),
      (at) => this.#stage.newId(at),
    );
    for (const step of changed.updated)
      this.steps[this.steps.findIndex((s) => s.stepId === step.stepId)] = step;
    this.steps.push(...changed.inserted);
    for (const event of decision.events) {
      const isSystem = systemKinds.has(event.kind) || event.params['isBySystem'] === true;
      this.events.push({
        eventId: this.#stage.newId(at),
        kind: event.kind,
        actorAccountId: isSystem ? null : by.accountId,
        actorName: isSystem ? null : by.name,
        actorRole: isSystem ? 'system' : by.role,
        isInternal: event.isInternal,
        params: this.#named(event, before),
        photoIds: event.photoIds,
        at: new Date(at),
      });
    }
  }

  /** Ids get the names that were true when it happened, as the service writes them. */
  #named(event: OrderEvent, before: Order | null): Readonly<Record<string, unknown>> {
    const nameOf = (id: unknown): string | null => {
      if (id === this.state.assigneeAccountId) return this.order.assigneeName;
      return id === before?.state.assigneeAccountId ? (before?.assigneeName ?? null) : null;
    };
    const { assigneeAccountId, fromAccountId } = event.params;
    if (assigneeAccountId === undefined && fromAccountId === undefined) return event.params;
    return {
      ...event.params,
      ...(typeof assigneeAccountId === 'string' ? { assigneeName: nameOf(assigneeAccountId) } : {}),
      ...(typeof fromAccountId === 'string' ? { fromName: nameOf(fromAccountId) } : {}),
    };
  }
}

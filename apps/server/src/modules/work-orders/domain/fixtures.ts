import { type Charge, type ChargeLine, totalOf } from './charges.ts';
import { decideWorking, type WorkingDecision } from './working.ts';
import type { WorkingCommand } from './working-words.ts';
import { chinaWorking, MINUTE, parseIso, unwrap } from '@gongzhi/kernel';
import { categoryOf } from '../catalogue/index.ts';
import { decide } from './decide.ts';
import { submitOrder, type Submission } from './submit.ts';
import {
  type AssigneeFacts,
  type CategoryFacts,
  type Command,
  type Context,
  type Decision,
  defaultSettings,
  type OrderState,
  type Relation,
  type Standing,
} from './types.ts';

/** Sentences for tests: a resident reports, the desk assigns, Li accepts. */

export const at = (text: string): number => {
  const instant = parseIso(text);
  if (instant === null) throw new Error(`no time: ${text}`);
  return instant;
};
export const minutes = (n: number): number => n * MINUTE;

/** Friday, 20 November 2026, ten in the morning in China. */
export const FRIDAY_10 = at('2026-11-20 10:00');

export const category = (code: string): CategoryFacts => {
  const found = categoryOf(code);
  if (!found) throw new Error(`no category ${code}`);
  return found;
};
/** A home repair round the clock: 15, 60, 1440 minutes. */
export const leak = category('water.leak.home');
/** A repair in working hours: 30, 240, 1080 minutes. */
export const tap = category('water.tap');
export const lamp = category('power.light.street');

export const RESIDENT = 'resident-account';
export const LI = 'li-account';
export const WANG = 'wang-account';
export const DESK = 'desk-account';

export const person = (accountId: string, ...skills: string[]): AssigneeFacts => ({
  accountId,
  isStaffHere: true,
  skills:
    skills.length > 0
      ? skills
      : ['plumbing', 'electrical', 'delivery', 'care', 'carpentry', 'heating', 'gas'],
});
export const li = person(LI);
export const wang = person(WANG);

const ACCOUNT_OF: Record<Relation, string | null> = {
  reporter: RESIDENT,
  follower: 'follower-account',
  assignee: LI,
  helper: 'helper-account',
  desk: DESK,
  manager: 'manager-account',
  company: 'company-account',
  overseer: 'overseer-account',
  system: null,
  former: WANG,
  predecessor: 'predecessor-account',
};

/** Who has no account answers by signature or through the desk. */
export const aCaller: Standing = { mandate: null, reporterHasAccount: false };

export function context(who: readonly Relation[], now: number, facts: CategoryFacts): Context {
  return {
    who,
    now,
    accountId: ACCOUNT_OF[who[0] ?? 'system'],
    category: facts,
    settings: defaultSettings,
    standing: aCaller,
    working: chinaWorking,
  };
}

/** An order whose story is told step by step; `last` is the latest decision. */
export class Story {
  order: OrderState;
  last: Decision;
  facts: CategoryFacts;
  now: number;

  constructor(
    facts: CategoryFacts,
    now: number,
    more: Partial<Submission> = {},
    who: readonly Relation[] = ['reporter'],
  ) {
    const { category: _, ...ctx } = context(who, now, facts);
    this.last = unwrap(
      submitOrder(
        {
          category: facts,
          place: facts.place === 'public' ? 'public' : 'home',
          isPublic: false,
          neededBy: null,
          ...more,
        },
        ctx,
      ),
    );
    this.order = this.last.order;
    this.facts = facts;
    this.now = now;
  }

  /** Minutes go by; nothing else happens. */
  after(count: number): this {
    this.now += minutes(count);
    return this;
  }

  until(text: string): this {
    this.now = at(text);
    return this;
  }

  try(who: Relation | readonly Relation[], command: Command): ReturnType<typeof decide> {
    return decide(this.order, command, context(typeof who === 'string' ? [who] : who, this.now, this.facts));
  }

  does(who: Relation | readonly Relation[], command: Command): this {
    const result = this.try(who, command);
    if (!result.ok) throw new Error(`${command.action}: ${result.error.reason}`);
    this.last = result.value;
    this.order = result.value.order;
    if ('category' in command && command.category) this.facts = command.category;
    return this;
  }

  /** Why a command is refused, or null when it is not. */
  refused(who: Relation | readonly Relation[], command: Command): string | null {
    const result = this.try(who, command);
    return result.ok ? null : result.error.reason;
  }

  assigned(): this {
    return this.does('desk', { action: 'assign', assignee: li });
  }
  accepted(): this {
    return this.assigned().does('assignee', { action: 'accept' });
  }
  arrived(): this {
    return this.accepted().does('assignee', { action: 'arrive' });
  }
  working(): this {
    return this.arrived().does('assignee', { action: 'start', photoIds: ['before'] });
  }
  finished(): this {
    return this.working().does('assignee', { action: 'finish', workDone: '换了阀门' });
  }
  confirmed(): this {
    return this.finished().does('reporter', { action: 'confirm' });
  }
}

export const aReport = (
  facts: CategoryFacts = leak,
  now: number = FRIDAY_10,
  more: Partial<Submission> = {},
): Story => new Story(facts, now, more);

export const kinds = (decision: Decision): string[] =>
  decision.events.map((event) => event.kind.slice('work_order.'.length));

/** To another company's compound, by decision of the street. */
export const aMove = {
  toScopeId: 'there',
  toOrderId: 'other',
  toScopeName: '远小区',
  receiver: '远方物业 远小区',
  decidedBy: 'street',
  decider: '近街道',
  reference: '街发〔2026〕7号',
  reason: '管道归那边',
} as const;
export const aLine = (
  quantityHundredths: bigint,
  unitPriceFen: bigint,
  more: Partial<ChargeLine> = {},
): ChargeLine => ({
  lineId: `line ${quantityHundredths}×${unitPriceFen}`,
  kind: 'material',
  priceId: 'price',
  name: '角阀',
  unit: '个',
  quantityHundredths,
  unitPriceFen,
  warrantyMonths: 3,
  reason: null,
  ...more,
});

/** An order in work and what it costs, told step by step. */
export class Job {
  readonly story: Story;
  charge: Charge | null = null;
  last: WorkingDecision | null = null;
  helper: { arrivedAt: number | null; leftAt: number | null } | null = null;
  constructor(story: Story) {
    this.story = story;
  }
  try(who: Relation | readonly Relation[], command: WorkingCommand) {
    const { order, now, facts } = this.story;
    return decideWorking(order, command, {
      ...context(typeof who === 'string' ? [who] : who, now, facts),
      charge: this.charge,
      proposed: { payer: 'household', warrantyOrderId: null, warrantyUntil: null },
      helper: this.helper,
    });
  }
  does(who: Relation | readonly Relation[], command: WorkingCommand): this {
    const decided = unwrap(this.try(who, command));
    this.last = decided;
    this.story.order = decided.order;
    this.charge = decided.charge;
    return this;
  }
  refused(who: Relation | readonly Relation[], command: WorkingCommand): string | null {
    const decided = this.try(who, command);
    return decided.ok ? null : decided.error.reason;
  }
  adds(...lines: ChargeLine[]): this {
    for (const line of lines) this.does('assignee', { action: 'add_line', line });
    return this;
  }
  quoted(): this {
    return this.does('assignee', { action: 'send_quote' });
  }
  agrees(who: Relation = 'reporter', more: object = {}): this {
    return this.does(who, this.agreement(more));
  }
  agreement(more: object = {}): WorkingCommand {
    const charge = this.charge!;
    return {
      action: 'agree',
      quoteNo: charge.quoteNo,
      totalFen: totalOf(charge),
      signerName: null,
      isSigned: false,
      words: null,
      ...more,
    };
  }
  finishing(): string | null {
    return this.story.refused('assignee', { action: 'finish', workDone: '好了' });
  }
}
export const aJob = () => new Job(aReport().working());

import { HOUR, type Instant, localDate, MINUTE, SECOND } from '@gongzhi/kernel';
import { seededIds } from '../ids.ts';
import type { StaffMember } from '../model.ts';
import type { Ground } from '../orders/crews.ts';
import { momentIn, whenOpen } from '../orders/hours.ts';
import { wordsOf } from '../orders/reports.ts';
import type { Staff } from '../people/staff.ts';
import { makeName, phoneNumber } from '../people/names.ts';
import { Random } from '../random.ts';
import type { Category } from '../rules.ts';
import { sayOne } from '../text.ts';
import type { Almanac } from './calendar.ts';
import {
  type CallbackAnswer,
  type Case,
  type Command,
  type Context,
  deadlineHours,
  decide,
  type Decision,
  hotlineDefaults,
  type LoadedCase,
  type LoadedEvent,
  holderOf,
  markDue,
  nextDueOf,
  startCase,
  type Unit,
  type Urgency,
} from './hotline-rules.ts';
import type { Part } from './part.ts';
import type { CityPlan } from './plan.ts';
import type { Skeleton } from './skeleton.ts';

/** One case of the 12345 hotline to so many orders: some nine thousand in the whole city. Assumed. */
const ordersToACase = 120;

export const casesOf = (plan: CityPlan, index: number): number =>
  Math.round(plan.departments[index]!.compounds.reduce((sum, { orders }) => sum + orders, 0) / ordersToACase);

type Actor = LoadedEvent['by'];
type Somebody = Actor & { readonly accountId: string; readonly name: string };
const system: Actor = { accountId: null, name: null, role: 'system' };
const actorOf = ({ account, role }: StaffMember): Somebody => ({
  accountId: account.id,
  name: account.name,
  role,
});

interface Cast {
  readonly street: Somebody;
  readonly city: Somebody;
  readonly manager: Somebody;
}

/** The department's cases, each brought along until now by the hotline's own rules: street, company, street, callback. */
export function playHotline(
  plan: CityPlan,
  skeleton: Skeleton,
  offices: Staff,
  almanac: Almanac,
  index: number,
  { crew, town }: Part,
): LoadedCase[] {
  const random = new Random(`${plan.settings.seed}/hotline ${index}`);
  const nextId = seededIds(random.fork('ids'));
  const street = skeleton.streets[plan.departments[index]!.street]!;
  const officer = (scopeId: string): Somebody =>
    actorOf(random.pick(offices.members.filter(({ scope }) => scope.id === scopeId)));
  const cast: Cast = {
    street: officer(street.id),
    city: officer(skeleton.city.id),
    manager: actorOf(town.staff.members.find(({ role }) => role === 'manager')!),
  };
  return Array.from({ length: casesOf(plan, index) }, (_, serial): LoadedCase => {
    const own = random.fork(serial);
    const ground = own.pick(crew.compounds);
    const day = almanac.drawDay(own);
    const kinds = new Set(ground.compound.facilities.map(({ kind }) => kind));
    const category = almanac.drawCategory(day, kinds, own);
    const drawn = momentIn(almanac.dates[day]!, 'day', own);
    const at = Math.min(Math.max(drawn, almanac.span.from), plan.settings.until - MINUTE);
    const number = `QH${localDate(at).replaceAll('-', '')}${String(index).padStart(4, '0')}${String(serial).padStart(4, '0')}`;
    const life = new CaseLife(ground, category, at, number, plan.settings.until, nextId, own);
    life.begin({ level: 'street', unitId: street.id, name: street.name });
    play(life, ground, cast, own);
    return life.loaded();
  });
}

function urgencyOf(category: Category): Urgency {
  if (category.isEmergency) return 'danger';
  if (['heating_gas', 'water', 'power'].includes(category.group)) return 'utility';
  return category.group === 'building' ? 'complex' : 'ordinary';
}

const hours = (median: number, spread: number, random: Random): number =>
  random.lognormal(median, spread) * HOUR;

function play(life: CaseLife, ground: Ground, { street, city, manager }: Cast, random: Random): void {
  const { scope, department } = ground.compound;
  const company: Unit = {
    level: 'company',
    unitId: department.companyScope.id,
    name: `${department.companyScope.name} · ${scope.name}`,
  };
  // Of an emergency nobody waits for the morning.
  const inHours = (at: Instant): Instant => (life.isUrgent ? at : whenOpen(at, 8.5, 18, random));
  life.pass(inHours(life.at + hours(0.4, 0.6, random)), street, company);
  const span = life.span * (random.chance(0.07) ? random.between(1.02, 1.6) : random.between(0.1, 0.85));
  life.act(inHours(life.at + hours(0.6, 0.7, random)), manager, { action: 'sign' }, ['holder']);
  life.act(
    life.at + hours(0.7, 0.6, random),
    manager,
    { action: 'contact', how: random.chance(0.8) ? 'phone' : 'visit' },
    ['holder'],
  );
  const text = sayOne(wordsOf[life.category.code]!.done, random);
  life.act(Math.max(life.received + span, life.at + 20 * MINUTE), manager, { action: 'answer', text }, [
    'holder',
  ]);
  life.act(inHours(life.at + hours(1.5, 0.7, random)), street, { action: 'reply', text }, [
    'street',
    'holder',
  ]);
  const called = whenOpen(life.at + random.between(20, 90) * HOUR, 9, 18, random);
  life.act(called, city, { action: 'record_callback', ...answerOf(life, random) }, ['city']);
}

/** One in eight is not reached; who was served late says so. */
function answerOf(life: CaseLife, random: Random): CallbackAnswer {
  if (random.chance(0.12))
    return {
      isValid: false,
      invalidReason: random.pick(['unreachable', 'unreachable', 'declined'] as const),
    };
  const isSolved = random.chance(life.isLate ? 0.7 : 0.9);
  return {
    isValid: true,
    wasContacted: random.chance(0.98),
    isSolved,
    satisfaction: random.weighted([
      ['satisfied', isSolved ? 82 : 10],
      ['basically_satisfied', isSolved ? 13 : 25],
      ['unsatisfied', isSolved ? 5 : 65],
    ] as const),
  };
}

/** One case while it is played: what its time brings is told before what somebody does. */
class CaseLife {
  readonly category: Category;
  readonly received: Instant;
  at: Instant;
  #row: Case | null = null;
  #isOver = false;
  readonly #ground: Ground;
  readonly #number: string;
  readonly #now: Instant;
  readonly #random: Random;
  readonly #newId: (at: Instant) => string;
  readonly #events: LoadedEvent[] = [];
  readonly #callbacks: LoadedCase['callbacks'][number][] = [];

  constructor(
    ground: Ground,
    category: Category,
    at: Instant,
    number: string,
    now: Instant,
    newId: (at: Instant) => string,
    random: Random,
  ) {
    this.category = category;
    this.received = at;
    this.at = at;
    this.#ground = ground;
    this.#number = number;
    this.#now = now;
    this.#newId = newId;
    this.#random = random;
  }

  get #case(): Case {
    return this.#row!;
  }

  get isUrgent(): boolean {
    return this.category.isEmergency;
  }

  get isLate(): boolean {
    return this.#case.state.lateAt !== null;
  }

  /** From the call to the deadline. */
  get span(): number {
    return this.#case.state.firstDueAt - this.received;
  }

  begin(unit: Unit): void {
    const { scope } = this.#ground.compound;
    const urgency = urgencyOf(this.category);
    const started = startCase({
      unit,
      receivedAt: this.at,
      dueAt: this.at + deadlineHours[urgency] * HOUR,
      now: this.at,
      compoundId: null,
      settings: hotlineDefaults,
      params: { source: 'webhook', sourceName: '12345' },
    });
    this.#row = {
      id: this.#newId(this.at),
      wall: {
        scopeId: scope.cityId!,
        streetId: scope.streetId,
        companyId: null,
        communityId: null,
        compoundId: null,
        jointIds: [],
      },
      number: this.#number,
      source: 'webhook',
      sourceName: '12345',
      urgency,
      topic: this.category.nameZh,
      description: sayOne(wordsOf[this.category.code]!.said, this.#random),
      placeText: scope.name,
      placeScopeId: scope.id,
      isConfidential: false,
      takenAt: new Date(this.at),
      version: 1,
      updatedAt: new Date(this.at),
      state: started.state,
    };
    this.#tell(started, system, this.at);
  }

  pass(at: Instant, by: Somebody, to: Unit): void {
    const { scope } = this.#ground.compound;
    if (!this.act(at, by, { action: 'pass', to, compoundId: scope.id }, ['street', 'holder'])) return;
    const wall = {
      ...this.#case.wall,
      communityId: scope.communityId,
      companyId: scope.companyId,
      compoundId: scope.id,
    };
    this.#row = { ...this.#case, wall };
  }

  /** False when that moment has not come yet; then nothing more happens. A refusal is a fault of the script. */
  act(at: Instant, by: Somebody, command: Command, who: Context['who']): boolean {
    const moment = Math.max(Math.round(at), this.at + SECOND);
    if (this.#isOver || moment > this.#now) {
      this.#isOver = true;
      return false;
    }
    this.#pass(moment);
    const decided = decide(this.#case.state, command, {
      who,
      now: moment,
      accountId: by.accountId,
      settings: hotlineDefaults,
      orders: [],
    });
    if (!decided.ok) throw new Error(`${command.action} was refused (${decided.error.reason})`);
    if (command.action === 'record_callback') this.#callBack(command, moment, by);
    this.#apply(decided.value, by, moment);
    return true;
  }

  loaded(): LoadedCase {
    this.#pass(this.#now);
    const random = this.#random;
    return {
      row: this.#case,
      caller: {
        name: makeName(random, random.int(1945, 1998)),
        phone: phoneNumber(35_000_000 + random.int(0, 999_999)),
      },
      events: this.#events,
      callbacks: this.#callbacks,
    };
  }

  /** The sweeps of the due claims come by every few seconds. */
  #pass(until: Instant): void {
    for (;;) {
      const due = nextDueOf(this.#case.state);
      if (due === null) return;
      const moment = Math.max(due + 2 * SECOND, this.at);
      if (moment >= until) return;
      const marked = markDue(this.#case.state, moment);
      if (marked.events.length === 0) return;
      this.#apply(marked, system, moment);
    }
  }

  #callBack(answer: CallbackAnswer, at: Instant, by: Somebody): void {
    const { state } = this.#case;
    const lead = state.hands.find(({ no }) => no === state.leadNo) ?? holderOf(state);
    this.#callbacks.push({
      round: state.round,
      unitId: lead.unitId,
      unitName: lead.name,
      isValid: answer.isValid,
      invalidReason: answer.invalidReason ?? null,
      wasContacted: answer.wasContacted ?? null,
      isSolved: answer.isSolved ?? null,
      satisfaction: answer.satisfaction ?? null,
      at: new Date(at),
      by: { accountId: by.accountId, name: by.name },
    });
  }

  #apply(decision: Decision, by: Actor, at: Instant): void {
    this.#row = {
      ...this.#case,
      state: decision.state,
      version: this.#case.version + 1,
      updatedAt: new Date(at),
    };
    this.#tell(decision, by, at);
    this.at = at;
  }

  #tell({ events }: Decision, by: Actor, at: Instant): void {
    const ofTime = ['hotline_case.hand_late', 'hotline_case.late', 'hotline_case.review_due'];
    for (const event of events)
      this.#events.push({
        ...event,
        eventId: this.#newId(at),
        by: ofTime.includes(event.kind) ? system : by,
        at: new Date(at),
      });
  }
}

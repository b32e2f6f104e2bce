import {
  addDays,
  DAY,
  HOUR,
  type Instant,
  instantOn,
  localDate,
  type LocalDate,
  SECOND,
} from '@gongzhi/kernel';
import { whenOpen } from '../orders/hours.ts';
import type { Random } from '../random.ts';
import { type HomeSetting, paymentOf, stepsOf } from './bills-payment.ts';
import {
  type BilledLine,
  dueNow,
  ladder,
  type LoadedArrears,
  type LoadedPayment,
  type LoadedPosting,
  type LoadedReminder,
  type LoadedSettlement,
  moneyAccount,
  nextStep,
  openOf,
  type PaymentRow,
  postingsOf,
  receivableOf,
  settledAs,
  settleWith,
  type Standing,
} from './bills-rules.ts';

/** One home and its money: what it is billed, when it pays, who reminds it. */

/** A month's bills of the compound, as they went out. */
export interface Issue {
  readonly period: LocalDate;
  readonly at: Instant;
  readonly on: LocalDate;
}

/** With the bill; three months together; weeks after being reminded; hardly ever, and then the oldest month. */
export type Habit = 'prompt' | 'together' | 'slow' | 'owing';

/** The older the houses, the more owe; assumed. */
export function habitOf(builtYear: number, random: Random): Habit {
  const owing = builtYear < 1990 ? 0.11 : builtYear < 2000 ? 0.08 : builtYear < 2010 ? 0.045 : 0.025;
  const lot = random.next();
  if (lot < owing) return 'owing';
  if (lot < owing * 3) return 'slow';
  return lot < owing * 3 + 0.3 ? 'together' : 'prompt';
}

interface OwnLine extends BilledLine {
  readonly lineId: string;
  readonly issue: Issue;
  settledFen: number;
  readonly settlements: LoadedSettlement[];
}

interface Watched extends Standing {
  readonly nextAt: Instant | null;
  readonly version: number;
  readonly updatedAt: Instant;
}

export interface HomeStory {
  readonly lines: readonly OwnLine[];
  readonly arrears: LoadedArrears | null;
  readonly payments: readonly LoadedPayment[];
  readonly postings: readonly LoadedPosting[];
}

/** Its months in their order, each line as the run made it; everything that happens until the end is told. */
export function tellHome(
  home: HomeSetting,
  billed: readonly { readonly issue: Issue; readonly line: BilledLine & { readonly lineId: string } }[],
  random: Random,
): HomeStory {
  const money = new HomeMoney(home, random);
  const visits = visitsOf(
    home,
    billed.map(({ issue }) => issue),
    random,
  );
  let [nextBill, nextVisit] = [0, 0];
  for (;;) {
    const billAt = billed[nextBill]?.issue.at ?? Infinity;
    const visitAt = visits[nextVisit] ?? Infinity;
    const sweepAt = money.sweepAt;
    const at = Math.min(billAt, visitAt, sweepAt);
    if (at > home.until) return money.story();
    if (at === billAt) money.bill(billed[nextBill++]!);
    else if (at === sweepAt) money.sweep(at);
    else {
      money.pay(at);
      nextVisit++;
    }
  }
}

/** When somebody of the home comes to pay: in the desk's hours, or with a phone in the evening too. */
function visitsOf(home: HomeSetting, issues: readonly Issue[], random: Random): Instant[] {
  const third = random.int(0, 2);
  const moments = issues.flatMap(({ at }, i): Instant[] => {
    switch (home.habit) {
      case 'prompt':
        return [at + HOUR + random.lognormal(8, 0.8) * DAY];
      case 'together':
        return i % 3 === third ? [at + HOUR + random.lognormal(9, 0.7) * DAY] : [];
      case 'slow':
        return random.chance(0.3) ? [at + random.between(25, 80) * DAY] : [];
      case 'owing':
        return random.chance(0.08) ? [at + random.between(10, 60) * DAY] : [];
    }
  });
  const [opens, closes] = home.payer === null ? [9, 17] : [7, 22];
  return moments.map((at) => whenOpen(at, opens, closes, random)).sort((a, b) => a - b);
}

/** When a day's reminders go out. */
const hourOf = (day: LocalDate): Instant => instantOn(day, ladder.minuteOfDay);

class HomeMoney {
  readonly #home: HomeSetting;
  readonly #random: Random;
  readonly #lines: OwnLine[] = [];
  readonly #payments: LoadedPayment[] = [];
  readonly #postings: LoadedPosting[] = [];
  readonly #reminders: LoadedReminder[] = [];
  #standing: Watched | null = null;

  constructor(home: HomeSetting, random: Random) {
    this.#home = home;
    this.#random = random;
  }

  /** The sweep of reminders comes by every few seconds. */
  get sweepAt(): Instant {
    const next = this.#standing?.nextAt ?? null;
    return next === null ? Infinity : next + 5 * SECOND;
  }

  bill({
    issue,
    line,
  }: {
    readonly issue: Issue;
    readonly line: BilledLine & { readonly lineId: string };
  }): void {
    const { householdId, newId } = this.#home;
    this.#lines.push({ ...line, issue, settledFen: 0, settlements: [] });
    for (const posting of postingsOf({ ...line, householdId, kind: line.basis.kind }))
      this.#postings.push({
        ...posting,
        bookedOn: issue.on,
        source: { kind: 'billing.line', id: line.lineId },
        householdId,
        id: newId(issue.at),
        at: new Date(issue.at),
        by: null,
      });
    this.#watch(line.dueOn, issue.at);
  }

  /** As posting watches over a household: who is looked at sooner anyway stays so. */
  #watch(dueOn: LocalDate, now: Instant): void {
    const first = ladder.steps[0];
    if (first === undefined) return;
    const at = hourOf(addDays(dueOn, first.afterDays));
    const before = this.#standing;
    this.#standing =
      before === null
        ? {
            state: 'reminding',
            stepsTaken: 0,
            oldestLineId: null,
            promisedUntil: null,
            nextAt: at,
            version: 1,
            updatedAt: now,
          }
        : {
            ...before,
            state: before.state === 'settled' ? 'reminding' : before.state,
            nextAt: Math.min(before.nextAt ?? at, at),
            updatedAt: now,
          };
  }

  sweep(now: Instant): void {
    const { newId, payer } = this.#home;
    const standing = this.#standing!;
    const open = this.#open(now);
    const [oldest] = open;
    const today = localDate(now);
    const next = nextStep(standing, oldest ?? null, ladder.steps, today);
    const stored = { ...standing, version: standing.version + 1, updatedAt: now, promisedUntil: null };
    if (oldest === undefined || next.is === 'rest') {
      this.#standing = { ...stored, state: oldest === undefined ? 'settled' : standing.state, nextAt: null };
      return;
    }
    if (next.is === 'wait') {
      this.#standing = { ...stored, nextAt: hourOf(next.until) };
      return;
    }
    this.#reminders.push({
      id: newId(now),
      step: next.step,
      way: next.way,
      totalFen: open.reduce((sum, line) => sum + openOf(settleable(line)), 0),
      lines: open.length,
      oldestDueOn: oldest.dueOn,
      // A letter waits for the desk to print it.
      told: next.way === 'message' && payer !== null ? 1 : 0,
      sentAt: new Date(now),
      sentOn: today,
    });
    const after = ladder.steps[next.step];
    this.#standing = {
      ...stored,
      state: 'reminding',
      stepsTaken: next.step,
      oldestLineId: oldest.lineId,
      nextAt: after === undefined ? null : hourOf(addDays(oldest.dueOn, after.afterDays)),
    };
  }

  /** What is open then, the earliest due first; who hardly pays brings the oldest month. */
  pay(at: Instant): void {
    const { payer, habit } = this.#home;
    const createdAt = payer === null ? at : at - this.#random.int(20, 90) * SECOND;
    const open = this.#open(createdAt);
    const chosen = habit === 'owing' ? open.slice(0, 1) : open;
    if (chosen.length === 0) return;
    const day = localDate(at);
    const targets = chosen.map((line, position) => {
      const amountFen = dueNow(settleable(line), day);
      const { takenFen } = settleWith(settleable(line), amountFen, day);
      return { line, position, amountFen, takenFen };
    });
    const amountFen = targets.reduce((sum, target) => sum + target.amountFen, 0);
    const row = paymentOf(this.#home, this.#random, {
      createdAt,
      paidAt: at,
      amountFen,
      description: chosen[0]!.name,
    });
    this.#payments.push({
      row,
      steps: stepsOf(this.#home, row, createdAt, at),
      targets: targets.map(({ line, position, amountFen, takenFen }) => ({
        position,
        kind: 'bill_line',
        targetId: line.lineId,
        label: line.name,
        amountFen,
        settledFen: takenFen,
        balanceFen: amountFen - takenFen,
        refundedFen: 0,
      })),
    });
    for (const { line, position, takenFen } of targets) this.#settle(row, line, position, takenFen, at);
  }

  #settle(row: PaymentRow, line: OwnLine, position: number, takenFen: number, at: Instant): void {
    const { householdId, newId } = this.#home;
    const key = `pay:${row.id}:${position}`;
    const on = localDate(at);
    line.settledFen += takenFen;
    line.settlements.push({
      id: newId(at),
      kind: settledAs[row.way],
      sourceId: row.id,
      amountFen: takenFen,
      key,
      on,
      at: new Date(at),
    });
    this.#postings.push({
      key,
      debit: moneyAccount(row, row.tillSessionId === null ? null : this.#home.counterOn(on).till),
      credit: receivableOf({ householdId, partyId: null }),
      amountFen: takenFen,
      bookedOn: row.bookedOn!,
      source: { kind: 'payments.payment', id: row.id },
      householdId,
      id: newId(at),
      at: new Date(at),
      by: row.accountId,
    });
  }

  #open(at: Instant): OwnLine[] {
    return this.#lines
      .filter((line) => line.issue.at <= at && openOf(settleable(line)) > 0)
      .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.lineId < b.lineId ? -1 : 1));
  }

  story(): HomeStory {
    const standing = this.#standing;
    return {
      lines: this.#lines,
      payments: this.#payments,
      postings: this.#postings,
      arrears:
        standing === null
          ? null
          : {
              ...standing,
              householdId: this.#home.householdId,
              nextAt: standing.nextAt === null ? null : new Date(standing.nextAt),
              updatedAt: new Date(standing.updatedAt),
              reminders: this.#reminders,
            },
    };
  }
}

const settleable = (line: OwnLine) => ({ ...line, isVoided: false });

import {
  HOUR,
  type Instant,
  instantOn,
  localDate,
  type LocalDate,
  maskName,
  MINUTE,
  SECOND,
} from '@gongzhi/kernel';
import { moneyWords, propertyFee } from '../data/money.ts';
import { seededIds } from '../ids.ts';
import type { Ground } from '../orders/crews.ts';
import { enteredAt } from '../places/places.ts';
import { Random } from '../random.ts';
import { habitOf, type HomeStory, type Issue, tellHome } from './bills-home.ts';
import type { Counter } from './bills-payment.ts';
import {
  addMonths,
  type BilledLine,
  billedTo,
  expectedOf,
  type HomeFacts,
  type LineWall,
  type LoadedBilling,
  type LoadedBook,
  type LoadedLine,
  type LoadedPayment,
  type LoadedPosting,
  type LoadedRun,
  type LoadedTariff,
  type LoadedTill,
  monthOf,
  NOTES,
  priceOf,
} from './bills-rules.ts';
import type { Span } from './calendar.ts';
import type { Part } from './part.ts';
import type { CityPlan } from './plan.ts';

/** The months' bills of a department: runs, what came in, who owes, and the books of its compounds. */
export interface DepartmentMoney {
  readonly billing: readonly LoadedBilling[];
  readonly payments: readonly LoadedPayment[];
  readonly tills: readonly LoadedTill[];
  readonly books: readonly LoadedBook[];
}

/** Of a hundred departments eight bill through the product, and the first always: some 95,000 homes in the whole city. Assumed. */
const departmentsThatBill = 0.08;

const billsHere = ({ settings }: CityPlan, index: number): boolean =>
  index === 0 || new Random(`${settings.seed}/bills ${index}`).chance(departmentsThatBill);

export function playBills(plan: CityPlan, span: Span, index: number, { crew }: Part): DepartmentMoney {
  const money = {
    billing: [] as LoadedBilling[],
    payments: [] as LoadedPayment[],
    tills: [] as LoadedTill[],
    books: [] as LoadedBook[],
  };
  if (!billsHere(plan, index)) return money;
  for (const [n, { index: place, builtYear }] of plan.departments[index]!.compounds.entries()) {
    const random = new Random(`${plan.settings.seed}/bills of ${place}`);
    const office: Office = {
      ground: crew.compounds[n]!,
      manager: { accountId: crew.manager.accountId!, name: crew.manager.name! },
      desks: crew.desks.map(({ accountId, name }) => ({ accountId: accountId!, name: name! })),
    };
    const own = billCompound(office, builtYear, span, random);
    money.billing.push(own.billing);
    money.payments.push(...own.payments);
    money.tills.push(...own.tills);
    money.books.push(own.book);
  }
  return money;
}

type By = { readonly accountId: string; readonly name: string };

interface Office {
  readonly ground: Ground;
  readonly manager: By;
  readonly desks: readonly By[];
}

/** A bill is due a month after it was posted. */
const dueDays = 30;

/** The days on which the months' bills go out, from the first of a month on that lies within. */
function issuesOf({ from, to }: Span, random: Random): (Issue & { readonly askedAt: Instant })[] {
  const day = random.int(1, 5);
  const issues: (Issue & { readonly askedAt: Instant })[] = [];
  for (let period = monthOf(localDate(from)); ; period = addMonths(period, 1)) {
    const on = `${period.slice(0, 8)}0${day}`;
    const askedAt = instantOn(on, 9 * 60) + random.int(0, 40) * MINUTE;
    const at = askedAt + random.int(20, 180) * MINUTE;
    if (at > to) return issues;
    if (askedAt >= from) issues.push({ period, at, on, askedAt });
  }
}

function billCompound(office: Office, builtYear: number, span: Span, random: Random) {
  const { compound, members } = office.ground;
  const { id: scopeId, cityId, streetId, companyId } = compound.scope;
  const wall: LineWall = { scopeId, cityId, streetId, companyId };
  const nextId = seededIds(random.fork('ids'));
  const issues = issuesOf(span, random);
  const tariff: LoadedTariff = {
    id: nextId(enteredAt),
    item: 'property_fee',
    name: moneyWords.fee,
    rule: { kind: 'area', rateE4: Math.round(random.int(...propertyFee[compound.style]) / 100) * 100 },
    terms: { dueDays },
    validFrom: '2024-04-01',
    source: moneyWords.source,
    createdAt: new Date(enteredAt),
    createdBy: office.manager,
  };
  const tills = new Tills(office, wall, span.to, random.fork('tills'));
  const payers = new Map(members.map(({ account, household }) => [household.id, account]));
  // In the order in which they are posted.
  const homes = compound.households.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const stories = new Map<string, HomeStory>();
  for (const [serial, home] of homes.entries()) {
    const own = random.fork(serial);
    const account = payers.get(home.id);
    const facts: HomeFacts = {
      home: { ...home, householdId: home.id },
      agreements: [],
      used: {},
      usedBeforeMilli: {},
      shares: [],
      cold: {},
    };
    const billed = issues.flatMap((issue) =>
      linesOf(tariff, facts, issue).map((line) => ({
        issue,
        line: { ...line, lineId: nextId(issue.askedAt + SECOND) },
      })),
    );
    const story = tellHome(
      {
        wall,
        until: span.to,
        householdId: home.id,
        label: home.label,
        payer: account === undefined ? null : { accountId: account.id, name: maskName(account.name) },
        habit: habitOf(builtYear, own),
        merchantId: `sim${compound.department.companyScope.id.slice(-8)}`,
        counterOn: (date) => tills.counterOn(date),
        newId: nextId,
      },
      billed,
      own,
    );
    stories.set(home.id, story);
  }
  const told = [...stories.values()];
  const payments = told.flatMap((story) => story.payments);
  const counted = tills.counted(payments, nextId);
  const postings = [...told.flatMap((story) => story.postings), ...counted.postings].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1),
  );
  const billing: LoadedBilling = {
    wall,
    tariffs: [tariff],
    runs: runsOf(office, issues, compound.households, stories, nextId),
    arrears: told.flatMap(({ arrears }) => (arrears === null ? [] : [arrears])),
    countedAt: new Date(span.to),
  };
  const openedAt = postings[0]?.at ?? new Date(span.to);
  return { billing, payments, tills: counted.tills, book: { wall, openedAt, postings } };
}

function linesOf(tariff: LoadedTariff, facts: HomeFacts, { period, on }: Issue): BilledLine[] {
  const month = { period, issueOn: on, season: null };
  const { lines, exceptions } = priceOf(tariff, facts, month, undefined);
  if (exceptions.length > 0) throw new Error(`a home could not be billed (${exceptions[0]!.code})`);
  return lines.flatMap((line) => billedTo(line, tariff, [], facts.home, month));
}

function runsOf(
  { desks, manager }: Office,
  issues: readonly (Issue & { readonly askedAt: Instant })[],
  homes: Ground['compound']['households'],
  stories: ReadonlyMap<string, HomeStory>,
  nextId: (at: Instant) => string,
): LoadedRun[] {
  const labels = new Map(homes.map(({ id, label }) => [id, label]));
  let lastTotalFen = 0;
  return issues.map(({ period, at, on, askedAt }): LoadedRun => {
    const bills = [...stories].flatMap(([householdId, story]) => {
      const householdLabel = labels.get(householdId)!;
      const lines = story.lines
        .filter(({ issue }) => issue.period === period)
        .map((line): LoadedLine => ({ ...line, householdId, householdLabel, tariffId: line.tariffId }));
      return lines.length === 0 ? [] : [{ id: nextId(at), householdId, householdLabel, lines }];
    });
    const run: LoadedRun = {
      id: nextId(askedAt),
      period,
      issueOn: on,
      issuedOn: localDate(at),
      asked: { ...desks[0]!, at: new Date(askedAt) },
      calculatedAt: new Date(askedAt + SECOND),
      approved: { ...manager, at: new Date(at - MINUTE) },
      postedAt: new Date(at),
      lastTotalFen,
      bills,
    };
    lastTotalFen = bills.reduce(
      (sum, { lines }) => sum + lines.reduce((all, { amountFen }) => all + amountFen, 0),
      0,
    );
    return run;
  });
}

/** A compound's till, opened on each day somebody pays at the desk, counted and signed for in the evening. */
class Tills {
  readonly #office: Office;
  readonly #wall: LineWall;
  readonly #until: Instant;
  readonly #random: Random;
  readonly #counters = new Map<LocalDate, Counter>();

  constructor(office: Office, wall: LineWall, until: Instant, random: Random) {
    this.#office = office;
    this.#wall = wall;
    this.#until = until;
    this.#random = random;
  }

  counterOn(date: LocalDate): Counter {
    const known = this.#counters.get(date);
    if (known !== undefined) return known;
    const own = this.#random.fork(date);
    const sessionId = seededIds(own)(openingOn(date));
    const made = { sessionId, till: 'desk', desk: own.pick(this.#office.desks) };
    this.#counters.set(date, made);
    return made;
  }

  /** Cash is counted in jiao: what is left of fen is the till's loss, booked when the manager signs. */
  counted(
    payments: readonly LoadedPayment[],
    nextId: (at: Instant) => string,
  ): { readonly tills: LoadedTill[]; readonly postings: LoadedPosting[] } {
    const takenFen = new Map<string, number>();
    for (const { row } of payments)
      if (row.way === 'cash')
        takenFen.set(row.tillSessionId!, (takenFen.get(row.tillSessionId!) ?? 0) + row.amountFen);
    const smallest = NOTES.at(-1)!;
    const { manager } = this.#office;
    const postings: LoadedPosting[] = [];
    let openingFen = 0;
    const dates = [...this.#counters].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const tills = dates.map(([date, { sessionId, till, desk }]): LoadedTill => {
      const common = {
        wall: this.#wall,
        id: sessionId,
        till,
        openingFen,
        opened: { ...desk, at: new Date(openingOn(date)) },
      };
      const at = openingOn(date) + 9 * HOUR + 15 * MINUTE;
      const signedAt = at + 20 * MINUTE;
      if (signedAt > this.#until) return { ...common, counted: null, signed: null };
      const expectedFen = expectedOf({ openingFen, takenFen: takenFen.get(sessionId) ?? 0, givenFen: 0 });
      const countedFen = expectedFen - (expectedFen % smallest);
      const note = countedFen === expectedFen ? '' : moneyWords.noFen;
      if (countedFen < expectedFen)
        postings.push({
          key: `till:${sessionId}:difference`,
          debit: 'expense:till-shortage',
          credit: `cash:${till}`,
          amountFen: expectedFen - countedFen,
          bookedOn: date,
          source: { kind: 'payments.till', id: sessionId },
          id: nextId(signedAt),
          at: new Date(signedAt),
          by: manager.accountId,
        });
      openingFen = countedFen;
      return {
        ...common,
        counted: { ...desk, at: new Date(at), expectedFen, countedFen, note },
        signed: { ...manager, at: new Date(signedAt) },
      };
    });
    return { tills, postings };
  }
}

const openingOn = (date: LocalDate): Instant => instantOn(date, 8 * 60 + 40);

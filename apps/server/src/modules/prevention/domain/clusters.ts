import { MOST_COMPARED, type Said, shareAlike, weigh } from './likeness.ts';
import {
  chanceOf,
  chanceOfThose,
  expectedAmongLike,
  nowhere,
  shareOf,
  type Street,
  surpriseOf,
  trendOf,
} from './usual.ts';

/**
 * What comes again and again, and where: the same facility, the same matter in one building, the same matter all over the
 * compound in nearly the same words; and what rises from week to week. Subjects are places and matters, never persons: who
 * told of it is counted and then forgotten, and one teller alone makes no subject of what happens in homes. Pure.
 */

export const WEEK = 7 * 86_400_000;

export interface Matter {
  readonly id: string;
  readonly at: number;
  /** Whose voice it is, to count voices: a home, an account. Null: staff, a sensor. */
  readonly teller: string | null;
  readonly category: string;
  readonly buildingId: string | null;
  readonly facilityId: string | null;
  readonly isHome: boolean;
  readonly text: string;
  /** The hotline's: the order behind a case, or one more call about it, which bears the order's id. */
  readonly isCall: boolean;
}

export const SUBJECT_KINDS = ['facility', 'building', 'compound'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export interface Subject {
  readonly kind: SubjectKind;
  readonly facilityId: string | null;
  readonly buildingId: string | null;
  /** Of a facility whatever breaks on it. */
  readonly category: string | null;
}

export interface Rules {
  readonly windowDays: number;
  /** So many in the window are a repeat. */
  readonly least: Readonly<Record<SubjectKind, number>>;
  /** Of what is all over the compound so many must be told in like words, and as like as this. */
  readonly alikeShare: number;
  readonly alikeLeast: number;
  /** As unlikely as this, were it no more than in the weeks before: it rises. */
  readonly chance: number;
  /** In the last two weeks at least so many, for few are chance. */
  readonly riseLeast: number;
  readonly mostProposed: number;
  /** So many a week in the whole street may stand out by chance (usual.ts). */
  readonly falseAlarms: number;
}

/** What a compound is compared with. */
export interface Around {
  readonly street: Street;
  /** What came in these two weeks a year ago; nothing where nothing was kept. */
  readonly lastYear: readonly Matter[];
}
const alone: Around = { street: nowhere, lastYear: [] };

export type Reason =
  | { readonly code: 'same_facility'; readonly count: number; readonly days: number }
  | { readonly code: 'same_place'; readonly count: number; readonly days: number; readonly tellers: number }
  | { readonly code: 'spread'; readonly count: number; readonly days: number; readonly buildings: number }
  | { readonly code: 'among_like'; readonly expected: number }
  | { readonly code: 'hotline'; readonly count: number }
  | { readonly code: 'alike'; readonly share: number }
  /** So many were more than are compared: of the newest. */
  | { readonly code: 'alike_newest'; readonly share: number; readonly of: number }
  | { readonly code: 'rising'; readonly recent: number; readonly expected: number };

export interface Cluster {
  readonly subject: Subject;
  readonly ids: readonly string[];
  /** How many in each week of the window, the oldest first. */
  readonly weeks: readonly number[];
  readonly firstAt: number;
  readonly reasons: readonly Reason[];
  readonly score: number;
  /** How far it stands out from what is usual; from nought on it does (usual.ts). */
  readonly strength: number;
}

export function subjectKey({ kind, facilityId, buildingId, category }: Subject): string {
  return [kind, facilityId ?? buildingId ?? '', category ?? ''].join(':');
}

/** Where a matter belongs, the narrowest first. */
export function subjectsOf(matter: Matter): Subject[] {
  const { facilityId, buildingId, category } = matter;
  const subjects: Subject[] = [];
  if (facilityId !== null) subjects.push({ kind: 'facility', facilityId, buildingId: null, category: null });
  if (buildingId !== null) subjects.push({ kind: 'building', facilityId: null, buildingId, category });
  subjects.push({ kind: 'compound', facilityId: null, buildingId: null, category });
  return subjects;
}

export function isAbout(subject: Subject, matter: Matter): boolean {
  switch (subject.kind) {
    case 'facility':
      return matter.facilityId !== null && matter.facilityId === subject.facilityId;
    case 'building':
      return (
        matter.buildingId !== null &&
        matter.buildingId === subject.buildingId &&
        matter.category === subject.category
      );
    case 'compound':
      return matter.category === subject.category;
  }
}

/** Counts by week, counted back from now; the last one is the seven days up to now. */
export function weeksOf(instants: readonly number[], now: number, count: number): number[] {
  const weeks = Array.from({ length: count }, () => 0);
  for (const at of instants) {
    const back = Math.floor((now - at) / WEEK);
    if (back >= 0 && back < count) weeks[count - 1 - back]! += 1;
  }
  return weeks;
}

/** The last two weeks against what was usual; null when they do not stand out. */
export function risingOf(
  weeks: readonly number[],
  rules: Pick<Rules, 'chance' | 'riseLeast'>,
  usual: number = usualFortnight(weeks),
): Extract<Reason, { code: 'rising' }> | null {
  if (weeks.length <= 2) return null;
  const recent = lastTwo(weeks);
  if (recent < rules.riseLeast || chanceOf(recent, usual) > rules.chance) return null;
  return { code: 'rising', recent, expected: to1(usual) };
}

const to1 = (n: number): number => Math.round(10 * n) / 10;
const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
const lastTwo = (weeks: readonly number[]): number => sum(weeks.slice(-2));

/** What two weeks bring by the weeks before. Where nothing ever was, half a report is expected: the first one is no rise. */
function usualFortnight(weeks: readonly number[]): number {
  const before = weeks.slice(0, -2);
  return before.length === 0 ? 0.5 : Math.max(0.5, (2 * sum(before)) / before.length);
}

/** A matter with its words weighed against all of the compound's, for what a group has in common must not count as common. */
type Heard = Matter & { readonly said: Said };

/** A compound's window, with all that is needed to judge a subject in it. */
export interface Seen {
  readonly matters: readonly Heard[];
  readonly now: number;
  readonly rules: Rules;
  readonly around: Around;
  /** What one comparison may be by chance. */
  readonly share: number;
}

export function see(matters: readonly Matter[], now: number, rules: Rules, around: Around = alone): Seen {
  const from = now - rules.windowDays * 86_400_000;
  const recent = matters.filter(({ at }) => at > from && at <= now);
  const said = weigh(recent.map(({ text }) => text));
  const subjects = new Set(recent.flatMap((matter) => subjectsOf(matter).map(subjectKey)));
  const { compounds } = around.street;
  return {
    matters: recent.map((matter, i): Heard => ({ ...matter, said: said[i]! })),
    now,
    rules,
    around,
    share: shareOf({ falseAlarms: rules.falseAlarms, compounds }, subjects.size),
  };
}

function newest(matters: readonly Heard[]): readonly Heard[] {
  if (matters.length <= MOST_COMPARED) return matters;
  return matters.toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)).slice(0, MOST_COMPARED);
}

/** How a subject stands now; null: it neither repeats nor rises any more. */
export function judgeSubject(subject: Subject, seen: Seen): Cluster | null {
  return judge(
    subject,
    seen.matters.filter((matter) => isAbout(subject, matter)),
    seen,
  );
}

function judge(subject: Subject, matters: readonly Heard[], seen: Seen): Cluster | null {
  const { now, rules, around, share } = seen;
  const voices = new Set(matters.flatMap(({ teller }) => teller ?? [])).size;
  const inHomes = matters.some(({ isHome }) => isHome);
  // One home's own trouble is that home's, and one who writes ninety times is one.
  if (subject.kind !== 'facility' && voices < 2 && (inHomes || voices === 1)) return null;
  const weeks = weeksOf(
    matters.map(({ at }) => at),
    now,
    Math.ceil(rules.windowDays / 7),
  );
  const count = matters.length;
  const days = rules.windowDays;
  const reasons: Reason[] = [];
  const isRepeated = count >= rules.least[subject.kind];
  if (subject.kind === 'facility' && isRepeated) reasons.push({ code: 'same_facility', count, days });
  if (subject.kind === 'building' && isRepeated)
    reasons.push({ code: 'same_place', count, days, tellers: voices });
  const compared = newest(matters);
  const alike = shareAlike(
    compared.map(({ said }) => said),
    rules.alikeLeast,
  );
  const isAlike = alike >= rules.alikeShare;
  if (subject.kind === 'compound') {
    const buildings = new Set(matters.flatMap(({ buildingId }) => buildingId ?? [])).size;
    // The same matter in different words all over a compound is a hundred homes' wear, no common cause.
    if (!isAlike) return null;
    if (isRepeated) reasons.push({ code: 'spread', count, days, buildings });
  }
  const usual = usualNow(subject, weeks, count, around);
  const rising = risingOf(weeks, rules, usual);
  if (rising !== null) reasons.push(rising);
  if (reasons.length === 0) return null;
  const like = isRepeated ? expectedAmongLike(around.street, subject, count) : null;
  const amongLike = like === null ? null : chanceOfThose(count, like);
  if (like !== null && amongLike !== null && amongLike <= share)
    reasons.push({ code: 'among_like', expected: to1(like) });
  const calls = matters.filter(({ isCall }) => isCall).length;
  if (calls > 1) reasons.push({ code: 'hotline', count: calls });
  if (isAlike) {
    const told = Math.round(100 * alike) / 100;
    reasons.push(
      compared.length === count
        ? { code: 'alike', share: told }
        : { code: 'alike_newest', share: told, of: compared.length },
    );
  }
  const score = count / rules.least[subject.kind] + (rising === null ? 0 : 1) + (isAlike ? 0.5 : 0);
  return {
    subject,
    ids: [...new Set(matters.map(({ id }) => id))],
    weeks,
    firstAt: Math.min(...matters.map(({ at }) => at)),
    reasons,
    score,
    strength: surpriseOf([amongLike, rising === null ? null : chanceOfThose(rising.recent, usual)], share),
  };
}

/** What these two weeks would bring: as the weeks before did, grown as the whole street grew, and no less than a year ago. */
function usualNow(subject: Subject, weeks: readonly number[], count: number, around: Around): number {
  const own = { count, recent: lastTwo(weeks) };
  const yearAgo = around.lastYear.reduce((count, matter) => count + (isAbout(subject, matter) ? 1 : 0), 0);
  const grown = usualFortnight(weeks) * trendOf(around.street, subject.category, own, weeks.length);
  return Math.max(grown, yearAgo);
}

/** All at once; for measuring and tests. The house looks in slices. */
export function findClusters(
  matters: readonly Matter[],
  now: number,
  rules: Rules,
  taken: ReadonlySet<string> = new Set(),
  around: Around = alone,
): Cluster[] {
  const slices = clustersIn(see(matters, now, rules, around), rules.mostProposed, taken);
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
  }
}

/**
 * What stands out most first, of the rest the strongest; a matter belongs to one cluster only, and none to what is spoken of
 * already (`taken`) or was declined lately: those are given by their keys. Stops after each group, for others to go on.
 */
export function* clustersIn(
  seen: Seen,
  most: number,
  taken: ReadonlySet<string>,
): Generator<undefined, Cluster[]> {
  const { rules } = seen;
  let left = seen.matters.filter(
    (matter) => !subjectsOf(matter).some((subject) => taken.has(subjectKey(subject))),
  );
  const found: Cluster[] = [];
  // A group that has lost nothing since is what it was.
  const judged = new Map<string, { readonly count: number; readonly cluster: Cluster | null }>();
  while (found.length < most) {
    const groups = new Map<string, { subject: Subject; matters: Heard[] }>();
    for (const matter of left)
      for (const subject of subjectsOf(matter)) {
        const key = subjectKey(subject);
        const group = groups.get(key) ?? { subject, matters: [] };
        groups.set(key, group);
        group.matters.push(matter);
      }
    const standing: Cluster[] = [];
    for (const [key, { subject, matters }] of groups) {
      if (matters.length < Math.min(rules.riseLeast, rules.least[subject.kind])) continue;
      let verdict = judged.get(key);
      if (verdict?.count !== matters.length) {
        verdict = { count: matters.length, cluster: judge(subject, matters, seen) };
        judged.set(key, verdict);
        yield;
      }
      if (verdict.cluster !== null) standing.push(verdict.cluster);
    }
    const [best] = standing.sort(
      (a, b) =>
        b.strength - a.strength ||
        b.score - a.score ||
        (subjectKey(a.subject) < subjectKey(b.subject) ? -1 : 1),
    );
    if (best === undefined) break;
    found.push(best);
    const gone = new Set(best.ids);
    left = left.filter(({ id }) => !gone.has(id));
  }
  return found;
}

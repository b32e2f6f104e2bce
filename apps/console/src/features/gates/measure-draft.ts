import type { Checks, MeasureBody } from './api.ts';

/** What is typed into the form of a measure. */
export interface MeasureDraft {
  readonly name: string;
  readonly authority: string;
  readonly documentNo: string;
  readonly buildingId: string;
  /** Of datetime-local fields. */
  readonly from: string;
  readonly to: string;
  readonly asks: Readonly<Record<Asked, boolean>>;
  readonly degrees: string;
  readonly hours: string;
  readonly doses: string;
  readonly riskDays: string;
  readonly most: string;
  readonly otherwise: 'pass_report' | 'refer' | 'refuse';
  readonly noAnswer: MeasureBody['onNoAnswer']['kind'];
  readonly retentionDays: string;
  readonly tracing: boolean;
  readonly followUp: boolean;
  readonly followDays: string;
  readonly awayHours: string;
}
export const askable = [
  'temperature',
  'health_code',
  'test',
  'vaccination',
  'travel',
  'list',
  'mask',
  'capacity',
] as const;
export type Asked = (typeof askable)[number];

/** Settings of today's rules: 37.3, 48 hours, 21 days after entry; each may be changed by the document. */
export const emptyDraft: MeasureDraft = {
  name: '',
  authority: '',
  documentNo: '',
  buildingId: '',
  from: '',
  to: '',
  asks: {
    temperature: true,
    health_code: false,
    test: false,
    vaccination: false,
    travel: false,
    list: false,
    mask: false,
    capacity: false,
  },
  degrees: '37.3',
  hours: '48',
  doses: '2',
  riskDays: '7',
  most: '500',
  otherwise: 'refer',
  noAnswer: 'refer',
  retentionDays: '14',
  tracing: false,
  followUp: false,
  followDays: '7',
  awayHours: '24',
};

/** Null: nobody is followed up; undefined while what was asked for is no figure. */
export function followUpOf({ followUp, followDays, awayHours }: MeasureDraft): MeasureBody['followUp'] {
  if (!followUp) return null;
  const [days, hours] = [whole(followDays, 1, 60), whole(awayHours, 2, 168)];
  return days === null || hours === null ? undefined : { days, awayHours: hours };
}

const whole = (text: string, least: number, most: number): number | null => {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most ? value : null;
};

/** Null while something that is asked for is missing or no figure. */
export function checksOf(draft: MeasureDraft): Checks | null {
  const { asks, otherwise } = draft;
  const tenths = whole(String(Math.round(Number(draft.degrees) * 10)), 350, 420);
  const [hours, doses] = [whole(draft.hours, 1, 336), whole(draft.doses, 1, 10)];
  const [riskDays, most] = [whole(draft.riskDays, 1, 60), whole(draft.most, 1, 100_000)];
  const checks: Checks = {};
  if (asks.temperature) {
    if (tenths === null) return null;
    checks.temperature = { limitTenths: tenths, counts: 'at_limit', otherwise, when: 'both' };
  }
  if (asks.health_code)
    checks.health_code = {
      yellow: 'refer',
      red: 'refuse',
      popup: 'pass_report',
      entryDays: 21,
      when: 'both',
    };
  if (asks.test) {
    if (hours === null) return null;
    checks.test = { withinHours: hours, from: 'sampling', otherwise, when: 'in' };
  }
  if (asks.vaccination) {
    if (doses === null) return null;
    checks.vaccination = { doses, otherwise, when: 'in' };
  }
  if (asks.travel) {
    if (riskDays === null) return null;
    checks.travel = { levels: ['high', 'medium'], withinDays: riskDays, otherwise, when: 'in' };
  }
  if (asks.list) checks.list = { otherwise: 'refuse' };
  if (asks.mask) checks.mask = { otherwise, when: 'in' };
  if (asks.capacity) {
    if (most === null) return null;
    checks.capacity = { most, otherwise };
  }
  return Object.keys(checks).length === 0 ? null : checks;
}

const minutesOfLastKnown = 1_440;

/** Null while it is not whole. */
export function bodyOf(draft: MeasureDraft, scopeId: string): MeasureBody | null {
  const checks = checksOf(draft);
  const retentionDays = whole(draft.retentionDays, 0, 366);
  const isDated = draft.from !== '' && draft.to !== '' && draft.to > draft.from;
  const isNamed = [draft.name, draft.authority, draft.documentNo].every((text) => text.trim() !== '');
  const followUp = followUpOf(draft);
  if (checks === null || retentionDays === null || !isDated || !isNamed) return null;
  if (followUp === undefined) return null;
  return {
    scopeId,
    buildingId: draft.buildingId === '' ? null : draft.buildingId,
    name: draft.name.trim(),
    authority: draft.authority.trim(),
    documentNo: draft.documentNo.trim(),
    startsAt: new Date(draft.from).toISOString(),
    endsAt: new Date(draft.to).toISOString(),
    checks,
    onNoAnswer:
      draft.noAnswer === 'last_known'
        ? { kind: 'last_known', maxAgeMinutes: minutesOfLastKnown }
        : { kind: draft.noAnswer },
    answerWithinMilliseconds: 800,
    answerHoldsMinutes: 30,
    retentionDays,
    tracing: draft.tracing,
    followUp,
  };
}

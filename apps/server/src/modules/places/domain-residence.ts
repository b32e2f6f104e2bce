import { addDays, err, type LocalDate, ok, type Result } from '@gongzhi/kernel';
import { arePeriodsOverlapping, isCurrent, type Period, type Relation } from './domain.ts';

/**
 * Who belongs to a household, from when until when. A relation holds from its first day to the day before its end, by
 * the calendar of the place, so that the next one may begin on the day the last one ends. Nothing is deleted: what has
 * ended stays with its end, and what was entered by mistake is marked as never having held.
 */
export interface Tie extends Period {
  readonly occupancyId: string;
  readonly personId: string;
  readonly relation: Relation;
}

export const RESIDENCE_ACTIONS = ['move_in', 'move_out', 'sell', 'correct'] as const;
export type ResidenceAction = (typeof RESIDENCE_ACTIONS)[number];

export type ResidenceCommand =
  | {
      readonly action: 'move_in';
      readonly personId: string;
      readonly relation: Relation;
      readonly startsOn: LocalDate;
      readonly endsOn: LocalDate | null;
    }
  | { readonly action: 'move_out'; readonly occupancyId: string; readonly endsOn: LocalDate }
  | {
      readonly action: 'sell';
      readonly soldOn: LocalDate;
      readonly buyerPersonId: string;
      /** A sale does not break a lease (Civil Code 725): tenants stay unless their lease ends with the sale. */
      readonly doTenantsStay: boolean;
    }
  | { readonly action: 'correct'; readonly occupancyId: string };

export interface ResidenceChange {
  readonly starts: readonly (Period & { readonly personId: string; readonly relation: Relation })[];
  readonly ends: readonly {
    readonly occupancyId: string;
    readonly personId: string;
    readonly endsOn: LocalDate;
  }[];
  readonly voids: readonly { readonly occupancyId: string; readonly personId: string }[];
}

export const RESIDENCE_FAULTS = [
  /** No such relation in this household, or it never held. */
  'relation_unknown',
  'end_not_after_start',
  'already_ended',
  'overlap',
  /** The buyer is the only owner already. */
  'buyer_owns',
  /** Somebody owns it from a later day on: sold once more after this. */
  'owned_later',
  'date_out_of_range',
] as const;
export type ResidenceFault = (typeof RESIDENCE_FAULTS)[number];

/** Older than any house in use, and further ahead than any contract: a mistyped year. */
const earliest = '1900-01-01';
const daysAhead = 3 * 366;

function isDay(date: LocalDate, today: LocalDate): boolean {
  return date >= earliest && date <= addDays(today, daysAhead);
}

const nothing: ResidenceChange = { starts: [], ends: [], voids: [] };

/** `ties` are the household's that were not voided. */
export function decideResidence(
  command: ResidenceCommand,
  ties: readonly Tie[],
  today: LocalDate,
): Result<ResidenceChange, ResidenceFault> {
  switch (command.action) {
    case 'move_in': {
      const { personId, relation, startsOn, endsOn } = command;
      if (!isDay(startsOn, today) || (endsOn !== null && !isDay(endsOn, today)))
        return err('date_out_of_range');
      if (endsOn !== null && endsOn <= startsOn) return err('end_not_after_start');
      const same = ties.filter((tie) => tie.personId === personId && tie.relation === relation);
      if (same.some((tie) => arePeriodsOverlapping(tie, { startsOn, endsOn }))) return err('overlap');
      return ok({ ...nothing, starts: [{ personId, relation, startsOn, endsOn }] });
    }
    case 'move_out': {
      const { occupancyId, endsOn } = command;
      const tie = ties.find((one) => one.occupancyId === occupancyId);
      if (tie === undefined) return err('relation_unknown');
      if (!isDay(endsOn, today)) return err('date_out_of_range');
      // An end that lies ahead may still be moved; what is over stays as it was recorded.
      if (tie.endsOn !== null && tie.endsOn <= today) return err('already_ended');
      if (endsOn <= tie.startsOn) return err('end_not_after_start');
      const changed = { ...tie, endsOn };
      const others = ties.filter(
        (one) =>
          one.occupancyId !== occupancyId && one.personId === tie.personId && one.relation === tie.relation,
      );
      if (others.some((one) => arePeriodsOverlapping(one, changed))) return err('overlap');
      return ok({ ...nothing, ends: [{ occupancyId, personId: tie.personId, endsOn }] });
    }
    case 'sell':
      return sell(command, ties, today);
    case 'correct': {
      const tie = ties.find((one) => one.occupancyId === command.occupancyId);
      if (tie === undefined) return err('relation_unknown');
      return ok({ ...nothing, voids: [{ occupancyId: tie.occupancyId, personId: tie.personId }] });
    }
  }
}

/** On that day owners and family go and the buyer comes; the seller's last day is the one before. */
function sell(
  command: Extract<ResidenceCommand, { action: 'sell' }>,
  ties: readonly Tie[],
  today: LocalDate,
): Result<ResidenceChange, ResidenceFault> {
  const { soldOn, buyerPersonId, doTenantsStay } = command;
  if (!isDay(soldOn, today)) return err('date_out_of_range');
  if (ties.some((tie) => tie.relation === 'owner' && tie.startsOn > soldOn)) return err('owned_later');
  // Whoever holds it on the day, or would still begin to: the seller's daughter who was to move in next month.
  const going = ties.filter(
    (tie) =>
      (tie.endsOn === null || tie.endsOn > soldOn) &&
      (tie.relation !== 'tenant' || !doTenantsStay || tie.personId === buyerPersonId),
  );
  const owning = going.filter((tie) => tie.relation === 'owner');
  // One of several owners may buy the others out, and then goes on as before.
  const kept = owning.find((tie) => tie.personId === buyerPersonId);
  if (kept !== undefined && owning.length === 1) return err('buyer_owns');
  const others = going.filter((tie) => tie !== kept);
  return ok({
    starts:
      kept !== undefined && kept.endsOn === null
        ? []
        : [
            {
              personId: buyerPersonId,
              relation: 'owner',
              startsOn: kept?.endsOn ?? soldOn,
              endsOn: null,
            },
          ],
    ends: others
      .filter((tie) => tie.startsOn < soldOn)
      .map(({ occupancyId, personId }) => ({ occupancyId, personId, endsOn: soldOn })),
    // What would have begun on the day or later never does.
    voids: others
      .filter((tie) => tie.startsOn >= soldOn)
      .map(({ occupancyId, personId }) => ({ occupancyId, personId })),
  });
}

export type TieState = 'current' | 'past' | 'coming';

export function stateOf(tie: Period, today: LocalDate): TieState {
  if (isCurrent(tie, today)) return 'current';
  return tie.startsOn > today ? 'coming' : 'past';
}

/**
 * From when until when somebody's relations let them act as a resident of the place; null when they have none. Gaps
 * inside do not end it: what is reached on a day is decided by the relations of that day.
 */
export function residencyOf(periods: readonly Period[]): Period | null {
  const [first] = periods.map((period) => period.startsOn).toSorted();
  if (first === undefined) return null;
  const ends = periods.map((period) => period.endsOn);
  return {
    startsOn: first,
    endsOn: ends.includes(null)
      ? null
      : (ends
          .filter((end) => end !== null)
          .toSorted()
          .at(-1) ?? null),
  };
}

import { CHINA, localDate } from '@gongzhi/kernel';
import type { Executor } from '../../../platform/db/database.ts';
import type { House } from '../../../platform/house.ts';
import { wallOf } from '../../places/index.ts';
import { dutiesOf } from '../desk/queries-duties.ts';
import {
  type Duty,
  type Payer,
  proposedPayer,
  usualDuty,
  type Warranty,
  warrantyFor,
  type WorkingContext,
} from '../domain.ts';
import { type Category, catalogueOf } from '../facts.ts';
import type { Order } from '../tables.ts';
import { earlierRepairs } from './queries.ts';

/** What a decision about the work needs to know beside it: the day at the place, the warranty, whose lists count. */

export interface Place {
  readonly today: string;
  readonly timeZone: string;
  /** Whose price lists count, the nearest first. */
  readonly listScopeIds: readonly string[];
  readonly departmentId: string | null;
}

export async function placeOf(q: Executor, scopeId: string, now: Date): Promise<Place> {
  const wall = await wallOf(q, scopeId);
  const timeZone = wall?.timeZone ?? CHINA;
  const ids = [
    ...(wall?.kind === 'department' || wall?.kind === 'company' ? [scopeId] : []),
    wall?.departmentId,
    wall?.companyId,
  ].filter((id): id is string => typeof id === 'string');
  return {
    today: localDate(now.getTime(), timeZone),
    timeZone,
    listScopeIds: [...new Set(ids)],
    departmentId: wall?.departmentId ?? null,
  };
}

/** The earlier repair of the same sort, here, whose warranty still holds. */
export async function warrantyOf(
  house: House,
  q: Executor,
  order: Order,
  category: Category,
  place: Place,
  now: Date,
): Promise<Warranty | null> {
  const { wall } = order;
  const chain = [wall.scopeId, wall.companyId, wall.streetId, wall.cityId].filter((id) => id !== null);
  const [earlier, catalogue, months] = await Promise.all([
    earlierRepairs(q, wall.scopeId, {
      id: order.id,
      householdId: wall.householdId,
      facilityId: order.facilityId,
    }),
    catalogueOf(q),
    house.settings.get(q, chain, 'work_order.repair_warranty_months', now),
  ]);
  return warrantyFor(
    earlier.map((repair) => ({
      orderId: repair.id,
      number: repair.number,
      categoryGroup: catalogue.get(repair.categoryCode)?.group ?? '',
      finishedOn: localDate(repair.finishedAt.getTime(), place.timeZone),
      warrantyMonths: repair.warrantyMonths,
    })),
    category.group,
    place.today,
    months,
  );
}

/** Who pays by the duty table that day: the company's word before the street's and the city's, one category's before all. */
async function payerOf(q: Executor, order: Order, category: Category, place: Place): Promise<Payer> {
  const { companyId, streetId, cityId } = order.wall;
  const levels = [companyId, streetId, cityId].filter((id) => id !== null);
  const duty = category.duty as Duty;
  const rows = (await dutiesOf(q, levels)).filter(
    (row) =>
      row.duty === duty &&
      row.validFrom <= place.today &&
      (row.categoryCode === '' || row.categoryCode === category.code),
  );
  // The newest of a level stands first already.
  const [row] = rows.toSorted(
    (a, b) =>
      levels.indexOf(a.scopeId) - levels.indexOf(b.scopeId) ||
      Number(a.categoryCode === '') - Number(b.categoryCode === ''),
  );
  return row?.payer ?? usualDuty[duty].payer;
}

export async function proposalOf(
  q: Executor,
  order: Order,
  category: Category,
  warranty: Warranty | null,
  place: Place,
): Promise<WorkingContext['proposed']> {
  return {
    payer: proposedPayer(await payerOf(q, order, category, place), warranty !== null),
    warrantyOrderId: warranty?.orderId ?? null,
    warrantyUntil: warranty?.until ?? null,
  };
}

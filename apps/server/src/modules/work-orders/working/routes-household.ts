import { formatYuan } from '@gongzhi/kernel';
import Type from 'typebox';
import { within } from '../../../platform/db/actor.ts';
import type { App } from '../../../platform/http/app.ts';
import { page, pageQuery, idPosition } from '../../../platform/http/pagination.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import { accessScope, findHousehold } from '../../places/index.ts';
import { catalogueOf } from '../facts.ts';
import { nullable, oneOf, Time, Uuid } from '../schemas-words.ts';
import { BILL_STATES, billsOf, billTotals } from './queries-household.ts';

const Yuan = Type.String({ description: 'yuan, two decimals' });

const Bill = Type.Object({
  id: Type.String({ format: 'uuid', description: 'The order' }),
  number: Type.String(),
  categoryNameZh: Type.String(),
  categoryNameEn: Type.String(),
  description: Type.String(),
  state: Type.Unsafe<(typeof BILL_STATES)[number]>({
    ...oneOf(BILL_STATES),
    description: 'due: the work is done · agreed: due when it is · quoted: waits for an answer',
  }),
  total: Yuan,
  createdAt: Time,
  dueSince: nullable(Time),
});

const Bills = Type.Object(
  {
    items: Type.Array(Bill),
    nextCursor: nullable(Type.String()),
    totals: Type.Object({ due: Yuan, agreed: Yuan, quoted: Yuan }, { description: 'Over all of them' }),
  },
  { title: 'HouseholdBills' },
);

/** What comes to a household for its repairs, for its page at the desk. What of it was paid is billing's to tell. */
export function householdBillRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/household-bills',
    {
      config: { permission: 'bill.list' },
      schema: {
        tags: ['work-orders'],
        operationId: 'listHouseholdBills',
        summary: 'What a household owes or will owe for its repairs; what of it was paid is told by billing',
        querystring: Type.Object(
          { scopeId: Uuid, householdId: Uuid, ...pageQuery },
          { additionalProperties: false },
        ),
        response: { 200: Bills },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, householdId, cursor, limit = 20 } = request.query;
      const after = idPosition(cursor);
      return house.db.read(within(acting.actor, scopeId), async (q) => {
        await accessScope(q, acting, scopeId);
        if ((await findHousehold(q, scopeId, householdId)) === null) throw new Problem('not_found');
        const at = { scopeId, householdId };
        const [rows, totals, catalogue] = await Promise.all([
          billsOf(q, acting, at, after, limit + 1),
          billTotals(q, acting, at),
          catalogueOf(q),
        ]);
        const yuan = (state: (typeof BILL_STATES)[number]) => formatYuan(totals.get(state) ?? 0n);
        return {
          ...page(
            rows,
            limit,
            ({ categoryCode, totalFen, createdAt, dueSince, ...row }) => ({
              ...row,
              categoryNameZh: catalogue.get(categoryCode)?.nameZh ?? categoryCode,
              categoryNameEn: catalogue.get(categoryCode)?.nameEn ?? categoryCode,
              total: formatYuan(BigInt(totalFen)),
              createdAt: createdAt.toISOString(),
              dueSince: dueSince?.toISOString() ?? null,
            }),
            (row) => [row.id],
          ),
          totals: { due: yuan('due'), agreed: yuan('agreed'), quoted: yuan('quoted') },
        };
      });
    },
  );
}

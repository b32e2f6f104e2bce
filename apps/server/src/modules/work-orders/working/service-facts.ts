import { uuidv7 } from '@gongzhi/kernel';
import { Problem } from '../../../platform/http/problem.ts';
import { actorOf } from '../service.ts';
import { type ChargeLine, parseQuantity, type SafetyAnswer, safetyListsFor } from '../domain.ts';
import { pricesInForce, pricesOf } from './queries.ts';
import type { WorkingBody } from './schemas.ts';
import { type Desk, money, type Prepared, unknownIn } from './service-desk.ts';
import { insertLine, insertSafetyAnswer } from './tables.ts';

/** Lines with their price from the list, and check-lists with their pictures. */

type Body<A extends WorkingBody['action']> = Extract<WorkingBody, { action: A }>;

export async function prepareLine(desk: Desk, body: Body<'add_line'>): Promise<Prepared> {
  const { tx, acting, order, now } = desk;
  const quantityHundredths = parseQuantity(body.quantity);
  if (quantityHundredths === null)
    throw new Problem('validation.failed', {}, [{ path: '/quantity', code: 'quantity', params: {} }]);
  const line: ChargeLine = {
    lineId: uuidv7(now.getTime()),
    quantityHundredths,
    reason: body.reason?.trim() || null,
    ...(await pricedBy(desk, body)),
  };
  return {
    command: { action: 'add_line', line },
    write: ({ charge }) => {
      // The charge stands before its first line does; saving it again later in this transaction is the same row.
      if (charge !== null) tx.write(insertLine(order.id, order.wall, line, acting.accountId, now));
    },
  };
}

type Priced = Pick<ChargeLine, 'kind' | 'priceId' | 'name' | 'unit' | 'unitPriceFen' | 'warrantyMonths'>;

/** From the list as it is today; or free, and then everything about it is said. */
async function pricedBy({ tx, place }: Desk, body: Body<'add_line'>): Promise<Priced> {
  if (body.priceId === undefined) {
    const { kind, name, unit, unitPrice } = body;
    for (const field of ['kind', 'name', 'unit', 'unitPrice'] as const)
      if (body[field] === undefined)
        throw new Problem('validation.failed', {}, [{ path: `/${field}`, code: 'required', params: {} }]);
    return {
      kind: kind!,
      priceId: null,
      name: name!.trim(),
      unit: unit!.trim(),
      unitPriceFen: money(unitPrice!, '/unitPrice'),
      warrantyMonths: 0,
    };
  }
  const rows = pricesInForce(await pricesOf(tx, place.listScopeIds), place.listScopeIds, place.today);
  const price = rows.find(({ id }) => id === body.priceId);
  if (price === undefined)
    throw new Problem('work_order.price_unknown', {}, [{ path: '/priceId', code: 'unknown', params: {} }]);
  return {
    kind: price.kind,
    priceId: price.id,
    name: price.name,
    unit: price.unit,
    unitPriceFen: BigInt(price.priceFen),
    warrantyMonths: price.warrantyMonths,
  };
}

export function prepareSafety(desk: Desk, body: Body<'answer_safety'>): Prepared {
  const { tx, acting, order, place, now } = desk;
  const lists = safetyListsFor(order.state.categoryCode, place.today);
  const items = new Map(
    lists.flatMap((list) => list.items.map((item) => [`${list.code}/${item.code}`, item] as const)),
  );
  const waiting = [...(body.photoIds ?? [])];
  const answers: SafetyAnswer[] = body.answers.map((given) => {
    const needsPhoto = items.get(`${given.list}/${given.item}`)?.needsPhoto === true;
    const photoId =
      given.photoId ?? (needsPhoto && given.answer === 'yes' ? (waiting.shift() ?? null) : null);
    return {
      list: given.list,
      item: given.item,
      answer: given.answer,
      words: given.words?.trim() || null,
      photoId,
    };
  });
  if (waiting.length > 0) throw unknownIn('/photoIds');
  const fileIds = [...new Set(answers.flatMap(({ photoId }) => photoId ?? []))];
  const byName = actorOf(acting).name;
  return {
    command: { action: 'answer_safety', lists, answers },
    ...(fileIds.length === 0 ? {} : { photos: { type: 'work_order.safety', fileIds } }),
    write: () => {
      for (const answer of answers) {
        const list = lists.find(({ code }) => code === answer.list)!;
        const given = { ...answer, answerId: uuidv7(now.getTime()), listDate: list.validFrom };
        tx.write(
          insertSafetyAnswer(order.id, order.wall, { ...given, byAccountId: acting.accountId, byName }, now),
        );
      }
    },
  };
}

import { localDate } from '@gongzhi/kernel';
import Type from 'typebox';
import type { Executor } from '../../platform/db/database.ts';
import type { App } from '../../platform/http/app.ts';
import type { House } from '../../platform/house.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accountOfNumber, type ConsentRow, consentsOfDelegate } from '../identity/index.ts';
import {
  accessScope,
  findHouseholds,
  peopleOfNumber,
  toHalfWidth,
  type Wall,
  wallsOf,
} from '../places/index.ts';
import { STATUSES } from './domain.ts';
import { catalogueOf } from './facts.ts';
import { mattersOfHouseholds } from './queries-callers.ts';
import { nullable, oneOf, Time, Uuid } from './schemas-words.ts';

const Text = Type.String();

const Matter = Type.Object({
  id: Uuid,
  number: Text,
  status: oneOf(STATUSES),
  categoryNameZh: Text,
  categoryNameEn: Text,
  createdAt: Time,
  isLate: Type.Boolean(),
  isOpen: Type.Boolean(),
  urgeCount: Type.Integer(),
  version: Type.Integer(),
});

const Home = Type.Object({
  scopeId: Uuid,
  scopeName: Text,
  householdId: Uuid,
  label: Text,
  callerName: Type.String({ description: 'Masked' }),
  relation: Type.String({ description: 'owner, tenant, family; delegate for who speaks for somebody' }),
  onBehalfOf: nullable(Type.String({ description: 'Masked: for whom they may speak' })),
  purposes: Type.Array(Text),
  matters: Type.Array(Matter),
});

const Caller = Type.Object({ homes: Type.Array(Home) }, { title: 'Caller' });
const Number = Type.Object(
  {
    phone: Type.String({ minLength: 5, maxLength: 40 }),
    scopeId: Type.Optional(Uuid),
  },
  { additionalProperties: false },
);

interface Spoken {
  readonly scopeId: string;
  readonly householdId: string;
  readonly callerName: string;
  readonly relation: string;
  readonly consent: ConsentRow | null;
}

/** Who calls, while they speak. The number comes in the body: no log of addresses keeps it. */
export function callerRoutes(app: App, house: House): void {
  app.post(
    '/work-orders/callers',
    {
      config: { permission: 'work_order.create_for_caller' },
      schema: {
        tags: ['work-orders'],
        operationId: 'recogniseCaller',
        summary: 'Whose number it is within reach: homes, for whom they may speak, what is going on there',
        body: Number,
        response: { 200: Caller },
      },
    },
    async (request) => {
      const acting = request.acting as Acting;
      const { scopeId } = request.body;
      const phone = toHalfWidth(request.body.phone)
        .replace(/^\s*\+86/, '')
        .replace(/\D/g, '');
      const now = house.clock.now();
      const account = await accountOfNumber(house.db, house.crypto, phone);
      return house.db.read(acting.actor, async (q) => {
        const scopes =
          scopeId === undefined
            ? await wallsOf(q, acting.actor.scopeIds)
            : [await accessScope(q, acting, scopeId)];
        const compounds = scopes.filter(({ kind }) => kind === 'compound');
        return { homes: await homesOf(q, house, acting, compounds, phone, account, now) };
      });
    },
  );
}

async function homesOf(
  q: Executor,
  house: House,
  acting: Acting,
  compounds: readonly Wall[],
  phone: string,
  account: string | null,
  now: Date,
) {
  const scopeIds = compounds.map((wall) => wall.scopeId);
  const [people, consents] = await Promise.all([
    peopleOfNumber(q, house.crypto, scopeIds, phone),
    account === null ? [] : consentsOfDelegate(q, scopeIds, account),
  ]);
  const wallAt = (scopeId: string) => compounds.find((wall) => wall.scopeId === scopeId)!;
  const today = (scopeId: string) => localDate(now.getTime(), wallAt(scopeId).timeZone);
  const spoken: Spoken[] = [
    ...people
      .filter(
        (one) =>
          one.startsOn <= today(one.scopeId) && (one.endsOn === null || today(one.scopeId) < one.endsOn),
      )
      .map((one) => ({ ...one, callerName: one.nameMasked, consent: null })),
    ...consents
      .filter((one) => one.startsOn <= today(one.scopeId) && today(one.scopeId) < one.endsOn)
      .map((one) => ({
        scopeId: one.scopeId,
        householdId: one.householdId,
        callerName: one.delegateName,
        relation: 'delegate',
        consent: one,
      })),
  ].slice(0, 20);
  const catalogue = await catalogueOf(q);
  const households = await findHouseholds(
    q,
    [...new Set(spoken.map((one) => one.scopeId))],
    [...new Set(spoken.map((one) => one.householdId))],
  );
  const byScope = new Map<string, string[]>();
  for (const { scopeId, id } of households) byScope.set(scopeId, [...(byScope.get(scopeId) ?? []), id]);
  const matters = (
    await Promise.all([...byScope].map(([scope, ids]) => mattersOfHouseholds(q, acting, scope, ids)))
  ).flat();
  return spoken.flatMap((one) => {
    const household = households.find(({ id }) => id === one.householdId);
    if (household === undefined) return [];
    return [
      {
        scopeId: one.scopeId,
        scopeName: wallAt(one.scopeId).name,
        householdId: one.householdId,
        label: household.label,
        callerName: one.callerName,
        relation: one.relation,
        onBehalfOf: one.consent?.grantorName ?? null,
        purposes: [...(one.consent?.purposes ?? [])],
        matters: matters
          .filter((matter) => matter.householdId === one.householdId)
          .map(({ householdId: _, categoryCode, createdAt, ...matter }) => ({
            ...matter,
            status: matter.status as (typeof STATUSES)[number],
            categoryNameZh: catalogue.get(categoryCode)?.nameZh ?? categoryCode,
            categoryNameEn: catalogue.get(categoryCode)?.nameEn ?? categoryCode,
            createdAt: createdAt.toISOString(),
          })),
      },
    ];
  });
}

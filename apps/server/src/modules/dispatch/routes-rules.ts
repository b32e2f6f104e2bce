import type { Static } from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import type { House } from '../../platform/house.ts';
import type { Executor } from '../../platform/db/database.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope, type Wall } from '../places/index.ts';
import {
  type EscalationRules,
  type Mode,
  type OfferSettings,
  ruleAt,
  type RuleSubject,
  wordAt,
} from './domain.ts';
import { countWaiting, levelsOf, ofPresent, readRules, type RuleRow, rulesBelow } from './queries-rules.ts';
import {
  DispatchRules,
  EscalationChange,
  ModeChange,
  OffersChange,
  RuleMade,
  RulesQuery,
} from './schemas-rules.ts';
import { earliestDay, mayEditRules, mayGrab, sayRule } from './service-rules.ts';

const tags = ['dispatch'];

/** How it is found who goes: read by everybody who works there, said by company, street and city. */
export function ruleRoutes(app: App, house: House): void {
  app.get(
    '/dispatch/rules',
    {
      config: { permission: 'dispatch.read' },
      schema: {
        tags,
        operationId: 'getDispatchRules',
        summary: 'How orders are dispatched here: what holds, whose word it is, what was and what is to come',
        querystring: RulesQuery,
        response: { 200: DispatchRules },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const now = house.clock.now();
      return house.db.read(acting.actor, async (q) =>
        rulesView(
          q,
          house,
          acting,
          await accessScope(q, acting, request.query.scopeId ?? acting.homeScopeId),
          now,
        ),
      );
    },
  );

  app.put(
    '/dispatch/rules/mode',
    {
      config: { permission: 'rules.write' },
      schema: {
        tags,
        operationId: 'sayDispatchMode',
        summary: 'Say by which way it is found who goes, for every matter or one, from now or from a day on',
        body: ModeChange,
        response: { 200: RuleMade },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 200,
        body: await sayRule(tx, request.acting!, { ...request.body, subject: 'mode' }, now),
      })),
  );

  app.put(
    '/dispatch/rules/offers',
    {
      config: { permission: 'rules.write' },
      schema: {
        tags,
        operationId: 'sayDispatchOffers',
        summary: 'Say how long somebody who is asked has to answer',
        body: OffersChange,
        response: { 200: RuleMade },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 200,
        body: await sayRule(
          tx,
          request.acting!,
          { ...request.body, subject: 'offers', categoryCode: null },
          now,
        ),
      })),
  );

  app.put(
    '/dispatch/rules/escalation',
    {
      config: { permission: 'rules.write' },
      schema: {
        tags,
        operationId: 'sayDispatchEscalation',
        summary: 'Say who hears of it, step by step, when nobody has taken an order',
        body: EscalationChange,
        response: { 200: RuleMade },
      },
    },
    (request, reply) =>
      runCommand(house, request, reply, request.body.scopeId, async (tx, now) => ({
        status: 200,
        body: await sayRule(
          tx,
          request.acting!,
          { ...request.body, subject: 'escalation', categoryCode: null },
          now,
        ),
      })),
  );
}

type View = Static<typeof DispatchRules>;

async function rulesView(q: Executor, house: House, acting: Acting, wall: Wall, now: Date): Promise<View> {
  const chain = levelsOf(wall);
  const at = now.getTime();
  const [all, below, waiting, modes, offers, escalation] = await Promise.all([
    readRules(q, chain),
    wall.kind === 'company' ? rulesBelow(q, wall.scopeId, now) : [],
    countWaiting(q, wall.scopeId),
    house.settings.get(q, chain, 'dispatch.modes', now),
    house.settings.get(q, chain, 'dispatch.offers', now),
    house.settings.get(q, chain, 'dispatch.escalation', now),
  ]);
  const rows = ofPresent(all, wall);
  const own = rows.filter(({ scopeId }) => scopeId === wall.scopeId);
  const said = (found: RuleRow | null, subject: RuleSubject, code: string) => ({
    level: levelOf(found, wall),
    startsAt: found === null ? null : new Date(found.startsAt).toISOString(),
    changedByName: found?.changedByName ?? null,
    reason: found?.reason ?? null,
    ownVersion: Math.max(
      0,
      ...all
        .filter((row) => row.scopeId === wall.scopeId && row.subject === subject && row.categoryCode === code)
        .map(({ version }) => version),
    ),
  });
  const codes = [
    ...new Set([...rows.map(({ categoryCode }) => categoryCode), ...Object.keys(modes.byCategory)]),
  ].filter((code) => code !== '');
  const modeOf = (code: string): View['modes'] => {
    const found = ruleAt(rows, chain, 'mode', code, at);
    // One matter is listed where something is said of it itself, and holds.
    const isOfItself =
      code === '' || found?.categoryCode === code || (found === null && modes.byCategory[code] !== undefined);
    if (!isOfItself) return [];
    const mode = (found?.value as Mode | undefined) ?? modes.byCategory[code] ?? modes.default;
    return [{ categoryCode: code === '' ? null : code, mode, ...said(found, 'mode', code) }];
  };
  const foundOffers = ruleAt(rows, chain, 'offers', '', at);
  const foundChain = ruleAt(rows, chain, 'escalation', '', at);
  return {
    scopeId: wall.scopeId,
    name: wall.name,
    kind: wall.kind,
    mayEdit: mayEditRules(acting, wall),
    mayGrab: mayGrab(wall),
    mayEditAll: wall.kind !== 'compound',
    earliest: earliestDay(wall, now),
    waiting,
    modes: ['', ...codes.toSorted()].flatMap(modeOf),
    offers: {
      value: (foundOffers?.value as OfferSettings | undefined) ?? offers,
      ...said(foundOffers, 'offers', ''),
    },
    escalation: {
      value: copied((foundChain?.value as EscalationRules | undefined) ?? escalation),
      ...said(foundChain, 'escalation', ''),
    },
    compounds: below
      .filter(({ subject }) => subject === 'mode')
      .map((row) => ({
        scopeId: row.scopeId,
        name: row.scopeName,
        categoryCode: row.categoryCode === '' ? null : row.categoryCode,
        mode: row.value as Mode,
        startsAt: new Date(row.startsAt).toISOString(),
      })),
    own: own.map((row) => versionView(row, own, at)),
  };
}

const copied = (rules: EscalationRules): View['escalation']['value'] => ({
  ...rules,
  emergency: rules.emergency.map((step) => ({ ...step })),
  normal: rules.normal.map((step) => ({ ...step })),
  notThere: [...rules.notThere],
});

function levelOf(row: RuleRow | null, wall: Wall): View['offers']['level'] {
  if (row === null) return 'base';
  if (row.scopeId === wall.companyId) return 'company';
  if (row.scopeId === wall.streetId) return 'street';
  return row.scopeId === wall.cityId ? 'city' : 'compound';
}

function versionView(row: RuleRow, own: readonly RuleRow[], at: number): View['own'][number] {
  const { subject, categoryCode, value, version, reason, changedByName } = row;
  const common = {
    version,
    startsAt: new Date(row.startsAt).toISOString(),
    standing:
      row.startsAt > at
        ? ('coming' as const)
        : wordAt(own, row, at) === row
          ? ('now' as const)
          : ('past' as const),
    reason,
    changedByName,
    changedAt: row.changedAt.toISOString(),
  };
  if (subject === 'mode')
    return {
      subject,
      categoryCode: categoryCode === '' ? null : categoryCode,
      value: value as Mode | null,
      ...common,
    };
  if (subject === 'offers') return { subject, value: value as OfferSettings | null, ...common };
  return { subject, value: value === null ? null : copied(value as EscalationRules), ...common };
}

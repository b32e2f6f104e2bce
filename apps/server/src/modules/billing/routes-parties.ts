import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { House } from '../../platform/house.ts';
import { sendPaper } from '../../platform/pdf/reply.ts';
import { accounts, balances } from '../ledger/index.ts';
import { referenceOf } from './domain.ts';
import { findParty, partiesOwing } from './queries-parties.ts';
import { accessCompound } from './reach.ts';
import { statementRange } from './routes-bills.ts';
import { paperFrom } from './routes-papers.ts';
import { Day, Fen, nullable, PayerName, ScopeQuery, strict, Text, Uuid } from './schemas.ts';
import { partyLines } from './service-parties.ts';
import { dayOf, MOST_ON_PAPER, statementOf } from './view-accounts.ts';
import { printStatement, statementName } from './view-papers.ts';

const tags = ['billing'];
const PartyPath = Type.Object({ partyId: Uuid }, strict);
const party = {
  partyId: Uuid,
  name: Text,
  payer: PayerName,
  reference: Type.String({
    description: 'What it writes on a transfer, so that the bank’s list says whose it is',
  }),
  prepaidFen: Fen,
};
const Party = Type.Object(
  {
    ...party,
    openFen: Fen,
    overdueFen: Fen,
    lines: Type.Integer(),
    homes: Type.Integer(),
    oldestDueOn: nullable(Text),
  },
  { title: 'BillParty' },
);
const PartyDetail = Type.Object(
  {
    ...party,
    lines: Type.Array(
      Type.Object({
        lineId: Uuid,
        householdLabel: Text,
        item: Text,
        name: Text,
        period: Day,
        dueOn: Day,
        openFen: Fen,
        dueFen: Type.Integer({ description: 'What closes it today' }),
      }),
    ),
  },
  { title: 'BillPartyDetail' },
);

/** Organisations that pay a share of bills: what they owe, and their statement. They have no page of their own. */
export function partyRoutes(app: App, house: House): void {
  const { db, clock } = house;

  app.get(
    '/billing/parties',
    {
      config: { permission: 'arrears.read' },
      schema: {
        tags,
        operationId: 'listBillParties',
        summary: 'Developers, property-right units and who subsidises: what each owes, the largest first',
        querystring: ScopeQuery,
        response: { 200: Type.Object({ items: Type.Array(Party) }) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      return db.read(acting.actor, async (q) => {
        const wall = await accessCompound(q, acting, scopeId);
        const { companyId } = wall;
        const rows = await partiesOwing(q, { scopeId, companyId, today: dayOf(wall, clock.now()) });
        const codes = rows.map(({ partyId }) => accounts.party(partyId, 'prepaid'));
        const held = codes.length === 0 ? new Map<string, number>() : await balances(q, wall, codes);
        return {
          items: rows.map(({ scopeId: _, payer, ...row }, at) => ({
            ...row,
            payer: payer as 'developer',
            reference: referenceOf(scopeId, row.partyId),
            prepaidFen: held.get(codes[at]!) ?? 0,
          })),
        };
      });
    },
  );

  app.get(
    '/billing/parties/:partyId',
    {
      config: { permission: 'arrears.read' },
      schema: {
        tags,
        operationId: 'getBillParty',
        summary: 'What one organisation owes, home by home and month by month, the oldest first',
        params: PartyPath,
        querystring: ScopeQuery,
        response: { 200: PartyDetail },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId } = request.query;
      const { partyId } = request.params;
      return db.read(acting.actor, async (q) => {
        const wall = await accessCompound(q, acting, scopeId);
        const found = await findParty(q, scopeId, partyId);
        if (found === null) throw new Problem('not_found');
        const prepaid = accounts.party(partyId, 'prepaid');
        const [lines, held] = await Promise.all([
          partyLines(q, { scopeId, companyId: wall.companyId, partyId }, dayOf(wall, clock.now())),
          balances(q, wall, [prepaid]),
        ]);
        return {
          partyId,
          name: found.name,
          payer: found.payer as 'developer',
          reference: referenceOf(scopeId, partyId),
          prepaidFen: held.get(prepaid) ?? 0,
          lines: lines.map(({ lineId, householdLabel, item, name, period, dueOn, openFen, dueFen }) => ({
            lineId,
            householdLabel,
            item,
            name,
            period,
            dueOn,
            openFen,
            dueFen,
          })),
        };
      });
    },
  );

  app.get(
    '/billing/parties/:partyId/statement',
    {
      config: { permission: 'arrears.read' },
      schema: {
        tags,
        operationId: 'printPartyStatement',
        summary: 'An organisation’s statement as PDF, from the ledger, at most a thousand movements on one',
        params: PartyPath,
        querystring: Type.Object(
          {
            scopeId: Uuid,
            from: Type.Optional(Day),
            to: Type.Optional(Day),
            locale: Type.Optional(Type.Unsafe<'zh-CN' | 'en'>(Type.Enum(['zh-CN', 'en']))),
          },
          strict,
        ),
        produces: ['application/pdf'],
      },
    },
    async (request, reply) => {
      const acting = request.acting!;
      const { scopeId, locale = 'zh-CN', ...asked } = request.query;
      const { partyId } = request.params;
      const now = clock.now();
      const facts = await db.read(acting.actor, async (q) => {
        const wall = await accessCompound(q, acting, scopeId);
        const found = await findParty(q, scopeId, partyId);
        if (found === null) throw new Problem('not_found');
        const { from, to } = statementRange(asked, dayOf(wall, now));
        const statement = await statementOf(q, wall, { partyId }, from, to);
        if (statement.entries.length > MOST_ON_PAPER)
          throw new Problem('billing.too_long', { most: MOST_ON_PAPER });
        return { ...(await paperFrom(q, wall, now)), householdLabel: found.name, statement };
      });
      const bytes = await printStatement(facts, locale);
      return sendPaper(reply, bytes, statementName(facts, locale), 'statement');
    },
  );
}

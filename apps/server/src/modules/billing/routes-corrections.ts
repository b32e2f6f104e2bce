import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { runCommand } from '../../platform/http/command.ts';
import { idPosition, page, pageOf, pageQuery } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import { mayAttempt } from '../../platform/permissions/permissions.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { CORRECTION_STATES } from './domain.ts';
import { type CorrectionRow, listCorrections } from './queries-corrections.ts';
import { accessCompound } from './reach.ts';
import {
  Above,
  Fen,
  IdParams,
  nullable,
  oneOf,
  Paid,
  ScopeQuery,
  strict,
  Text,
  Time,
  Uuid,
  words,
} from './schemas.ts';
import { askCorrection, decideOnCorrection } from './service-corrections.ts';

const tags = ['billing'];

const Correction = Type.Object(
  {
    id: Uuid,
    scopeId: Uuid,
    lineId: Uuid,
    householdId: Uuid,
    householdLabel: Text,
    item: Text,
    name: Text,
    period: Text,
    /** Of the line that is taken back, and what is paid on it now. */
    lineFen: Fen,
    settledFen: Fen,
    /** What comes in its place; null: nothing. */
    amountFen: nullable(Fen),
    reason: Text,
    state: oneOf(CORRECTION_STATES),
    /** Small enough for one person. */
    isAlone: Type.Boolean(),
    isOwn: Type.Boolean(),
    mayDecide: Type.Boolean(),
    askedByName: Text,
    askedAt: Time,
    decidedByName: nullable(Text),
    decidedAt: nullable(Time),
    replacementId: nullable(Uuid),
    version: Type.Integer(),
  },
  { title: 'BillCorrection' },
);

const NewCorrection = Type.Object(
  { reason: words(300), expectedSettledFen: Paid, amountFen: Type.Optional(Above) },
  { ...strict, title: 'NewBillCorrection' },
);

const CorrectionAct = Type.Object(
  {
    action: oneOf(['approve', 'decline']),
    expectedVersion: Type.Integer({ minimum: 1 }),
    /** What was paid on the line when it was looked at: it becomes a balance. */
    expectedSettledFen: Paid,
  },
  { ...strict, title: 'BillCorrectionCommand' },
);

function correctionView({ askedBy, ...row }: CorrectionRow, acting: Acting) {
  const isOwn = askedBy === acting.accountId;
  return {
    ...row,
    isOwn,
    mayDecide: row.state === 'asked' && !isOwn && mayAttempt(acting.role, 'bill.correct_approve'),
    askedAt: row.askedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

/** Corrections of what was billed: asked for by one, decided by another. */
export function correctionRoutes(app: App, house: House): void {
  app.get(
    '/billing/corrections',
    {
      config: { permission: 'bill.run' },
      schema: {
        tags,
        operationId: 'listBillCorrections',
        summary: 'Corrections of what was billed in a compound, or to one home, the latest first',
        querystring: Type.Object(
          {
            scopeId: Uuid,
            householdId: Type.Optional(Uuid),
            isOpen: Type.Optional(Type.Boolean()),
            ...pageQuery,
          },
          strict,
        ),
        response: { 200: pageOf(Correction) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { scopeId, householdId, isOpen = false, cursor, limit = 20 } = request.query;
      const before = idPosition(cursor);
      return house.db.read(acting.actor, async (q) => {
        await accessCompound(q, acting, scopeId);
        const rows = await listCorrections(q, { scopeId, householdId, isOpen }, before, limit + 1);
        return page(
          rows,
          limit,
          (row) => correctionView(row, acting),
          ({ id }) => [id],
        );
      });
    },
  );

  app.post(
    '/bills/lines/:id/corrections',
    {
      config: { permission: 'bill.correct' },
      schema: {
        tags,
        operationId: 'askBillCorrection',
        summary:
          'Ask that a line is taken back, or another put in its place; small differences are done at once where the company says so',
        params: IdParams,
        querystring: ScopeQuery,
        body: NewCorrection,
        response: { 201: Correction },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const acting = request.acting!;
        const asked = { ...request.body, scopeId, lineId: request.params.id };
        const row = await askCorrection(house, tx, acting, asked, now);
        return { status: 201, body: correctionView(row, acting) };
      });
    },
  );

  app.post(
    '/billing/corrections/:id/commands',
    {
      config: { permission: 'bill.correct_approve' },
      schema: {
        tags,
        operationId: 'decideBillCorrection',
        summary:
          'Allow or decline a correction that another asked for; what was paid on the line becomes a balance',
        params: IdParams,
        querystring: ScopeQuery,
        body: CorrectionAct,
        response: { 200: Correction },
      },
    },
    (request, reply) => {
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const acting = request.acting!;
        const which = { scopeId, id: request.params.id };
        const row = await decideOnCorrection(house, tx, acting, which, request.body, now);
        return { status: 200, body: correctionView(row, acting) };
      });
    },
  );
}

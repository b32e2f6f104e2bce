import Type from 'typebox';
import type { App } from '../../platform/http/app.ts';
import { page, pageOf, pageQuery, idPosition } from '../../platform/http/pagination.ts';
import type { House } from '../../platform/house.ts';
import { NOTE_TABLE } from './desk/queries-notes.ts';
import { deskNotesOfLeft, listLeft, notesOfLeft } from './queries-passed.ts';
import { Uuid } from './schemas.ts';

const Text = Type.String();
const LeftItem = Type.Object({
  id: Uuid,
  scopeId: Uuid,
  number: Text,
  placeLabel: Text,
  categoryCode: Text,
  status: Text,
  assigneeName: Type.Union([Text, Type.Null()]),
  to: Text,
  passedAt: Type.String({ format: 'date-time' }),
  notes: Type.Array(
    Type.Object({
      at: Type.String({ format: 'date-time' }),
      actorName: Type.Union([Text, Type.Null()]),
      text: Text,
    }),
  ),
});

/** What passed to another company with its compound, as the predecessor keeps it: its last line and its own notes. */
export function passedRoutes(app: App, house: House): void {
  app.get(
    '/work-orders/left',
    {
      config: { permission: 'work_order.left' },
      schema: {
        tags: ['work-orders'],
        operationId: 'listLeftOrders',
        summary: 'Orders that passed to another company with their compound, with the own notes',
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(LeftItem) },
      },
    },
    async (request) => {
      const acting = request.acting!;
      const { cursor, limit = 20 } = request.query;
      const after = idPosition(cursor);
      return house.db.read(acting.actor, async (q) => {
        const rows = await listLeft(q, acting, after, limit + 1);
        const scopes = [...new Set(rows.map((row) => row.scopeId))];
        const ids = rows.map((row) => row.workOrderId);
        const [said, sealed] = await Promise.all([
          notesOfLeft(q, scopes, ids),
          deskNotesOfLeft(q, acting.actor.regionId, scopes, ids),
        ]);
        const written = sealed.map(({ id, textCipher, ...note }) => ({
          ...note,
          text: house.crypto.open(textCipher, NOTE_TABLE, id),
        }));
        const notes = [...said, ...written].sort((a, b) => a.at.getTime() - b.at.getTime());
        const word = (value: unknown) => (typeof value === 'string' ? value : '');
        return page(
          rows,
          limit,
          ({ workOrderId, scopeId, at, params }) => ({
            id: workOrderId,
            scopeId,
            number: word(params['number']),
            placeLabel: word(params['placeLabel']),
            categoryCode: word(params['categoryCode']),
            status: word(params['status']),
            assigneeName: typeof params['assigneeName'] === 'string' ? params['assigneeName'] : null,
            to: word(params['to']),
            passedAt: at.toISOString(),
            notes: notes
              .filter((note) => note.workOrderId === workOrderId)
              .map((note) => ({ at: note.at.toISOString(), actorName: note.actorName, text: note.text })),
          }),
          (row) => [row.eventId],
        );
      });
    },
  );
}

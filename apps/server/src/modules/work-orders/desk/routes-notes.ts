import { uuidv7 } from '@gongzhi/kernel';
import { within } from '../../../platform/db/actor.ts';
import type { Executor } from '../../../platform/db/database.ts';
import type { App } from '../../../platform/http/app.ts';
import { runCommand } from '../../../platform/http/command.ts';
import { Problem } from '../../../platform/http/problem.ts';
import type { House } from '../../../platform/house.ts';
import type { Acting } from '../../../platform/sessions/sessions.ts';
import { accessScope, findHousehold } from '../../places/index.ts';
import { findOrder } from '../queries.ts';
import { ScopeQuery } from '../schemas.ts';
import {
  NOTE_TABLE,
  insertNote,
  lockNote,
  type NoteRow,
  type NoteWall,
  notesOf,
  pinNote,
  removeNote,
} from './queries-notes.ts';
import { actingOf } from './reach.ts';
import { IdPath, NewNote, Note, NoteChange, Notes, NotesQuery } from './schemas.ts';

const tags = ['desk'];

/** What the desk writes down for itself, about an order or a household: no resident and no worker reads it. */
export function noteRoutes(app: App, house: House): void {
  const view = (row: NoteRow, acting: Acting) => ({
    id: row.id,
    subject: row.subject,
    subjectId: row.subjectId,
    text: house.crypto.open(row.textCipher, NOTE_TABLE, row.id),
    isPinned: row.isPinned,
    isMine: row.authorAccountId === acting.accountId,
    authorName: row.authorName,
    at: row.at.toISOString(),
  });

  app.get(
    '/work-orders/notes',
    {
      config: { permission: 'note.use' },
      schema: {
        tags,
        operationId: 'listNotes',
        summary: "The desk's notes about an order and its household",
        querystring: NotesQuery,
        response: { 200: Notes },
      },
    },
    async (request) => {
      const acting = actingOf(request);
      const { scopeId, orderId, householdId } = request.query;
      return house.db.read(within(acting.actor, scopeId), async (q) => {
        await accessScope(q, acting, scopeId);
        if (orderId !== undefined && (await findOrder(q, acting, scopeId, orderId)) === null)
          throw new Problem('not_found');
        const subjects = [orderId, householdId].filter((id) => id !== undefined);
        const rows = await notesOf(q, scopeId, subjects);
        return { items: rows.map((row) => view(row, acting)) };
      });
    },
  );

  app.post(
    '/work-orders/notes',
    {
      config: { permission: 'note.use' },
      schema: {
        tags,
        operationId: 'addNote',
        summary: 'Write down something about an order or a household',
        body: NewNote,
        response: { 201: Note },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId, subject, subjectId, text, isPinned = false } = request.body;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const wall = await wallFor(tx, acting, scopeId, subject, subjectId);
        const id = uuidv7(now.getTime());
        const row: NoteRow = {
          id,
          subject,
          subjectId,
          textCipher: house.crypto.seal(text.trim(), NOTE_TABLE, id),
          isPinned,
          authorAccountId: acting.accountId,
          authorName: acting.displayName,
          at: now,
        };
        insertNote(tx, wall, row);
        return { status: 201, body: view(row, acting) };
      });
    },
  );

  app.post(
    '/work-orders/notes/:id/changes',
    {
      config: { permission: 'note.use' },
      schema: {
        tags,
        operationId: 'changeNote',
        summary: 'Pin a note, unpin it, or take it away',
        params: IdPath,
        querystring: ScopeQuery,
        body: NoteChange,
        response: { 200: Notes },
      },
    },
    (request, reply) => {
      const acting = actingOf(request);
      const { scopeId } = request.query;
      return runCommand(house, request, reply, scopeId, async (tx, now) => {
        const note = await lockNote(tx, scopeId, request.params.id);
        if (note === null) throw new Problem('not_found');
        // Who may not read of what it is said does not read what is said of it.
        if (note.subject === 'order' && (await findOrder(tx, acting, scopeId, note.subjectId)) === null)
          throw new Problem('not_found');
        if (request.body.change === 'remove') {
          // What somebody wrote is theirs to take back; a manager may, too.
          if (note.authorAccountId !== acting.accountId && acting.role !== 'manager')
            throw new Problem('permission.denied', { permission: 'note.use' });
          removeNote(tx, scopeId, note.id, acting.displayName, now);
          return { status: 200, body: { items: [] } };
        }
        const isPinned = request.body.change === 'pin';
        pinNote(tx, scopeId, note.id, isPinned);
        return { status: 200, body: { items: [view({ ...note, isPinned }, acting)] } };
      });
    },
  );
}

/** The wall of what it is about: an order keeps the company it was written under. */
async function wallFor(
  q: Executor,
  acting: Acting,
  scopeId: string,
  subject: 'order' | 'household',
  subjectId: string,
): Promise<NoteWall> {
  const wall = await accessScope(q, acting, scopeId);
  if (subject === 'order') {
    const order = await findOrder(q, acting, scopeId, subjectId);
    if (order === null) throw new Problem('not_found');
    return order.wall;
  }
  if ((await findHousehold(q, scopeId, subjectId)) === null) throw new Problem('not_found');
  return wall;
}

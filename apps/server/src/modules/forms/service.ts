import { isDeepStrictEqual } from 'node:util';
import { localDate } from '@gongzhi/kernel';
import type { Tx } from '../../platform/db/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Acting } from '../../platform/sessions/sessions.ts';
import { accessScope } from '../places/index.ts';
import {
  insertForm,
  insertTasks,
  markPublished,
  markWithdrawn,
  storeDraft,
  tell,
  withdrawTasks,
} from './changes.ts';
import { columnsOf, faultsOf } from './domain.ts';
import { askedQuestions, isOthersForm, lockForm } from './queries.ts';
import type { FormBody, FormCommandBody } from './schemas.ts';
import type { FormRow, Wording } from './tables.ts';

/** Authoring: a form never asks what is known, and once published is changed by its next revision alone. */

async function assertSound(tx: Tx, acting: Acting, form: Wording, today: string): Promise<void> {
  const faults = faultsOf(form, await askedQuestions(tx, acting), today);
  if (faults.length === 0) return;
  const known = faults.find(({ code }) => code === 'known');
  throw known === undefined
    ? new Problem('validation.failed', {}, faults)
    : new Problem('forms.asks_known', { field: known.params['field'] }, faults);
}

function assertFresh(before: FormRow | null, expectedVersion: number): void {
  const version = before?.version ?? 0;
  if (version !== expectedVersion) throw new Problem('forms.stale', { version });
}

async function assertOwnId(tx: Tx, acting: Acting, id: string): Promise<void> {
  if (await isOthersForm(tx, acting, id)) throw new Problem('forms.id_taken');
}

/** Sent again after a lost answer: what was saved by the same hand is what is sent. */
function isSavedAlready(acting: Acting, before: FormRow, body: FormBody, form: Wording): boolean {
  const { title, authority, documentNo, revision, subject, periodFrom, periodTo, dueOn, columns } = before;
  return (
    before.state === 'draft' &&
    before.version === body.expectedVersion + 1 &&
    before.authorAccountId === acting.accountId &&
    before.revisesId === body.revisesId &&
    isDeepStrictEqual(
      { title, authority, documentNo, revision, subject, periodFrom, periodTo, dueOn, columns },
      form,
    )
  );
}

export async function saveForm(acting: Acting, tx: Tx, id: string, sent: FormBody, now: Date): Promise<void> {
  const { expectedVersion, revisesId, ...body } = sent;
  const wall = await accessScope(tx, acting, acting.homeScopeId);
  const before = await lockForm(tx, acting, id);
  const revised = revisesId === null ? null : await lockForm(tx, acting, revisesId);
  if (revisesId !== null && (revised === null || revised.state === 'draft' || revisesId === id))
    throw new Problem('validation.failed', {}, [{ path: '/revisesId', code: 'unknown', params: {} }]);
  const form: Wording = {
    ...body,
    title: body.title.trim(),
    authority: body.authority.trim(),
    documentNo: body.documentNo.trim(),
    revision: before?.revision ?? (revised?.revision ?? 0) + 1,
    columns: columnsOf(body.columns),
  };
  if (before !== null && isSavedAlready(acting, before, sent, form)) return;
  assertFresh(before, expectedVersion);
  if (before !== null && before.state !== 'draft')
    throw new Problem('forms.wrong_state', { state: before.state });
  await assertSound(tx, acting, form, localDate(now.getTime(), wall.timeZone));
  if (before === null) await assertOwnId(tx, acting, id);
  if (before !== null) storeDraft(tx, before, acting, form, now);
  else if (!(await insertForm(tx, wall, id, acting, form, revisesId, now))) {
    const first = await lockForm(tx, acting, id);
    if (first === null || !isSavedAlready(acting, first, sent, form)) assertFresh(first, expectedVersion);
  }
}

async function withdraw(tx: Tx, acting: Acting, form: FormRow, reason: string, now: Date): Promise<void> {
  markWithdrawn(tx, form, reason, now);
  withdrawTasks(tx, acting, form);
}

export async function commandForm(
  acting: Acting,
  tx: Tx,
  id: string,
  body: FormCommandBody,
  now: Date,
): Promise<void> {
  const form = await lockForm(tx, acting, id);
  if (form === null) throw new Problem('not_found');
  assertFresh(form, body.expectedVersion);
  const wanted = body.action === 'publish' ? 'draft' : 'published';
  if (form.state !== wanted) throw new Problem('forms.wrong_state', { state: form.state });
  if (body.action === 'withdraw') {
    await withdraw(tx, acting, form, body.reason.trim(), now);
    tell(tx, form, 'withdrawn', id, now);
    return;
  }
  const wall = await accessScope(tx, acting, acting.homeScopeId);
  // What was right when it was drafted may be known by now.
  await assertSound(tx, acting, form, localDate(now.getTime(), wall.timeZone));
  if (form.revisesId !== null) {
    const revised = await lockForm(tx, acting, form.revisesId);
    // Its answers stay known, so that nobody gives them a second time.
    if (revised?.state === 'published') await withdraw(tx, acting, revised, form.title, now);
  }
  markPublished(tx, form, now);
  await insertTasks(tx, form, now);
  // Asked once its tasks are laid: another office may have published since it was drafted, or at the same moment.
  await assertOwnId(tx, acting, id);
  tell(tx, form, 'published', id, now);
}

import { addDays, DAY, localDate } from '@gongzhi/kernel';
import type pg from 'pg';
import { personas } from './data/staff.ts';
import { type Cause, type CauseProject, causes } from './data/causes.ts';
import { seededIds } from './ids.ts';
import { placeOfCause } from './orders/reports.ts';
import { Random } from './random.ts';
import type { Street } from './street.ts';

/**
 * The root-cause projects that the desk took up in these weeks. What they have brought is counted by the product itself when
 * it looks through its compounds for the first time.
 */
export async function copyCauses(client: pg.Client, street: Street, now: Date): Promise<string[]> {
  const ids = seededIds(new Random('causes'));
  let count = 0;
  for (const cause of causes)
    if (cause.project !== null && (await copyCause(client, street, cause, cause.project, now, ids))) count++;
  return count === 0
    ? []
    : ['project', 'project_order', 'step', 'entry'].map((table) => `prevention.${table}`);
}

async function copyCause(
  client: pg.Client,
  { places, personas: people }: Street,
  cause: Cause,
  project: CauseProject,
  now: Date,
  ids: (at: number) => string,
): Promise<boolean> {
  const compound = places.compounds.find(({ scope }) => scope.name === cause.compound);
  const place = compound === undefined ? null : placeOfCause(cause, compound);
  if (compound === undefined || place === null) return false;
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  const account = (id: 'worker' | 'manager') => people.find((one) => one.id === id)!.account.id;
  const nameOf = (id: 'worker' | 'manager') => personas.find((one) => one.id === id)!.name;
  const { scope } = compound;
  const { facility, building } = place;
  const kind = facility === null ? 'building' : 'facility';
  const subject = {
    facility_id: facility?.id ?? null,
    building_id: facility === null ? (building?.id ?? null) : null,
    category_code: facility === null ? cause.category : null,
  };
  const placeId = facility?.id ?? building?.id ?? '';
  const wall = {
    scope_id: scope.id,
    city_id: scope.cityId,
    street_id: scope.streetId,
    company_id: scope.companyId,
  };
  const id = ids(ago(project.proposedDaysAgo).getTime());
  const before = cause.reportedDaysAgo.filter((days) => days >= project.proposedDaysAgo);
  const { done } = project;
  const insert = async (table: string, row: Record<string, unknown>): Promise<void> => {
    await client.query(
      `insert into prevention.${table} select * from jsonb_populate_record(null::prevention.${table}, $1)`,
      [JSON.stringify({ ...wall, project_id: id, ...row })],
    );
  };
  await insert('project', {
    ...subject,
    subject_key: [kind, placeId, subject.category_code ?? ''].join(':'),
    subject_kind: kind,
    state: done === null ? 'accepted' : 'watched',
    reasons: [
      kind === 'facility'
        ? { code: 'same_facility', count: before.length, days: 56 }
        : { code: 'same_place', count: before.length, days: 56, tellers: Math.ceil(before.length / 2) },
    ],
    weeks: [],
    order_count: 0,
    first_at: ago(cause.reportedDaysAgo[0]!),
    proposed_at: ago(project.proposedDaysAgo),
    decided_at: ago(project.acceptedDaysAgo),
    decided_by: account('manager'),
    decided_by_name: nameOf('manager'),
    cause: project.cause,
    accepted_at: ago(project.acceptedDaysAgo),
    done_at: done === null ? null : ago(done.daysAgo),
    work_done: done?.workDone ?? null,
    watch_until: done === null ? null : ago(done.daysAgo - 56),
    version: 2 + project.steps.length,
    updated_at: now,
    strength: 0,
  });
  for (const [at, { what, owner, dueIn, endedDaysAgo, note }] of project.steps.entries())
    await insert('step', {
      step_no: at + 1,
      what,
      owner_account_id: account(owner),
      owner_name: nameOf(owner),
      due_on: addDays(localDate(now.getTime()), dueIn),
      state: endedDaysAgo === null ? 'open' : 'done',
      note,
      ended_at: endedDaysAgo === null ? null : ago(endedDaysAgo),
    });
  const tell = (kindOf: string, days: number, by: 'manager' | null, params: Record<string, unknown>) =>
    insert('entry', {
      entry_id: ids(ago(days).getTime()),
      kind: kindOf,
      actor_account_id: by === null ? null : account(by),
      actor_name: by === null ? null : nameOf(by),
      params,
      at: ago(days),
    });
  await tell('proposed', project.proposedDaysAgo, null, { count: before.length });
  await tell('accept', project.acceptedDaysAgo, 'manager', { cause: project.cause });
  for (const [at, { what, owner, dueIn, endedDaysAgo, note }] of project.steps.entries()) {
    await tell('add_step', project.acceptedDaysAgo - 0.01 * (at + 1), 'manager', {
      stepNo: at + 1,
      what,
      ownerName: nameOf(owner),
      dueOn: addDays(localDate(now.getTime()), dueIn),
    });
    if (endedDaysAgo !== null)
      await tell('finish_step', endedDaysAgo, 'manager', { stepNo: at + 1, what, note });
  }
  if (done !== null)
    await tell('finish', done.daysAgo, 'manager', { workDone: done.workDone, watchDays: 56 });
  await client.query(
    `insert into prevention.project_order (scope_id, project_id, work_order_id, city_id, street_id, company_id, attached_at)
     select o.scope_id, $1, o.work_order_id, o.city_id, o.street_id, o.company_id, $2
     from work_orders.work_order o
     where o.scope_id = $3 and o.created_at <= $2 and o.status <> 'cancelled' and not o.is_confidential
       and (o.facility_id = $4 or ($4::uuid is null and o.building_id = $5 and o.category_code = $6))`,
    [id, ago(project.proposedDaysAgo), scope.id, subject.facility_id, building?.id ?? null, cause.category],
  );
  await client.query(
    `update prevention.project p set order_count = (select count(*) from prevention.project_order o
       where o.scope_id = p.scope_id and o.project_id = p.project_id) where p.scope_id = $1 and p.project_id = $2`,
    [scope.id, id],
  );
  return true;
}

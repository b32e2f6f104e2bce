-- A measure's data is destroyed place by place, so that a whole street is no single transaction: from wiped_at on nothing
-- more is written of it, and at destroyed_at the last place is done.
alter table access.policy add column destroyed_at timestamptz;
-- The owner is held by the wall, too; for this one correction it is not.
alter table access.policy no force row level security;
update access.policy set destroyed_at = wiped_at where wiped_at is not null;
alter table access.policy force row level security;
alter table access.policy add constraint policy_destroyed check (destroyed_at is null or (wiped_at is not null and destroyed_at >= wiped_at));
drop index access.policy_to_wipe;
create index policy_to_wipe on access.policy (ends_at) where destroyed_at is null;

-- What is done already is what has its certificate: one for a place and a measure.
create unique index destruction_measure on access.destruction (scope_id, policy_id) where kind = 'measure';

-- What was noted beside the passages of a place (orders to barriers, questions from phones, flags, words for the next shift)
-- goes with them on that place's own day.
alter table access.destruction drop constraint destruction_kind;
alter table access.destruction add constraint destruction_kind check (kind in ('measure', 'day', 'export', 'person', 'note'));
drop index access.barrier_command_age;
create index barrier_command_age on access.barrier_command (scope_id, created_at);
drop index access.gate_opening_age;
create index gate_opening_age on access.gate_opening (scope_id, asked_at);
create index passage_flag_age on access.passage_flag (scope_id, noticed_at);
create index gate_note_age on access.gate_note (scope_id, at);
create policy gate_note_worker on access.gate_note for all to gongzhi_worker using (true) with check (true);
grant select, delete on access.gate_note to gongzhi_worker;
grant delete on access.passage_flag to gongzhi_worker;

-- check
select (select c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'access.policy'::pg_catalog.regclass)
  and pg_catalog.has_table_privilege('gongzhi_worker', 'access.gate_note', 'delete')
  and not exists (select from access.policy p where p.wiped_at is not null and p.destroyed_at is null)

-- Lists brought in from files: the run, the file's own bytes (sealed, until it is done), and every bad row.
create table places.import_job (
  scope_id uuid not null,
  import_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- Null: from the command line.
  account_id uuid,
  kind text not null,
  source_name text not null,
  source_sha256 bytea not null,
  bytes integer not null,
  locale text not null,
  sheet text,
  -- The file's own header → our column, where they are not called the same.
  mapping jsonb not null,
  state text not null,
  skips_rejected boolean not null default false,
  rows_total integer,
  rows_done integer not null default 0,
  rows_new integer not null default 0,
  rows_changed integer not null default 0,
  rows_unchanged integer not null default 0,
  rows_rejected integer not null default 0,
  -- Why the file as a whole was refused: code and params.
  refusal jsonb,
  created_at timestamptz not null,
  checked_at timestamptz,
  finished_at timestamptz,
  -- A worker that does not come back gives the job free.
  claimed_until timestamptz,
  attempts smallint not null default 0,
  constraint import_job_pk primary key (scope_id, import_id),
  constraint import_job_kind check (kind in ('areas', 'compounds', 'buildings', 'households', 'people')),
  constraint import_job_state check (state in ('waiting', 'checked', 'refused', 'queued', 'done', 'failed')),
  constraint import_job_scope_fk foreign key (scope_id) references places.scope (scope_id)
);
create index import_job_open on places.import_job (created_at) where state in ('waiting', 'queued');

create table places.import_part (
  scope_id uuid not null,
  import_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  part smallint not null,
  sealed bytea not null,
  constraint import_part_pk primary key (scope_id, import_id, part),
  constraint import_part_job_fk foreign key (scope_id, import_id) references places.import_job (scope_id, import_id)
);

create table places.import_fault (
  scope_id uuid not null,
  import_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  line integer not null,
  position smallint not null,
  column_name text not null,
  code text not null,
  params jsonb not null,
  -- What stood there, sealed: it may be a name or a phone.
  value_sealed bytea,
  constraint import_fault_pk primary key (scope_id, import_id, line, position),
  constraint import_fault_job_fk foreign key (scope_id, import_id) references places.import_job (scope_id, import_id)
);

alter table places.import_job enable row level security, force row level security;
create policy import_job_app_read on places.import_job for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy import_job_app_add on places.import_job for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy import_job_app_change on places.import_job for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy import_job_worker on places.import_job for all to gongzhi_worker using (true) with check (true);
grant select, insert, update (state, skips_rejected, rows_done, rows_new, rows_changed, rows_unchanged, rows_rejected, finished_at, claimed_until)
  on places.import_job to gongzhi_app;
grant select, update on places.import_job to gongzhi_worker;

-- Whoever sends a file need not read it back: only the worker does.
alter table places.import_part enable row level security, force row level security;
create policy import_part_app_add on places.import_part for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy import_part_worker on places.import_part for all to gongzhi_worker using (true) with check (true);
grant insert on places.import_part to gongzhi_app;
grant select, delete on places.import_part to gongzhi_worker;

alter table places.import_fault enable row level security, force row level security;
create policy import_fault_app_read on places.import_fault for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy import_fault_worker on places.import_fault for all to gongzhi_worker using (true) with check (true);
grant select on places.import_fault to gongzhi_app;
grant select, insert, delete on places.import_fault to gongzhi_worker;
grant select, insert, update, delete on places.import_job, places.import_part, places.import_fault to gongzhi_loader;

-- What is brought in is written by the app's own role behind the wall, as somebody of that one scope. A city and a
-- street enter the areas and compounds of their own.
create policy scope_app_add on places.scope for insert to gongzhi_app
  with check (kind in ('district', 'street', 'community', 'compound')
    and current_setting('app.kind', true) in ('city', 'street')
    and platform.staff_reach(scope_id, city_id, street_id, company_id));
grant insert, update (name, address, built_year) on places.scope to gongzhi_app;
create policy building_app_add on places.building for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy building_app_change on places.building for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
grant insert, update (floors) on places.building to gongzhi_app;
create policy unit_app_add on places.unit for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
grant insert on places.unit to gongzhi_app;
create policy household_app_add on places.household for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
grant insert, update (grid_id, floor, area_m2) on places.household to gongzhi_app;

create policy scope_app_change on places.scope for update to gongzhi_app
  using (current_setting('app.kind', true) in ('city', 'street') and platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (current_setting('app.kind', true) in ('city', 'street') and platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy person_app_change on places.person for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
grant update (phone_cipher, phone_masked, phone_index, phone_last4_index) on places.person to gongzhi_app;

-- check
select count(*) = 3 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.oid = any (array['places.import_job', 'places.import_part', 'places.import_fault']::pg_catalog.regclass[])

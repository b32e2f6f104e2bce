-- How many are inside: every gate counts on for ever, and a count by hand says from where.
alter table access.gate_chain
  add column ins bigint not null default 0,
  add column outs bigint not null default 0,
  add column vehicle_ins bigint not null default 0,
  add column vehicle_outs bigint not null default 0;

-- One row for each thing that is counted: held by whoever decides by it, so that of two for the last place one gets it.
create table access.place_count (
  scope_id uuid not null,
  what text not null,
  -- a building, or the compound by its own id
  place_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- what was found less what the gates had counted by then; null: nobody has counted by hand
  base bigint,
  found integer,
  -- found less what was expected; null: nothing was expected yet
  drift integer,
  counted_at timestamptz,
  counted_by uuid,
  counted_by_name text,
  version integer not null,
  constraint place_count_pk primary key (scope_id, what, place_id),
  constraint place_count_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint place_count_what check (what in ('people', 'vehicles')),
  constraint place_count_found check (found between 0 and 1000000),
  constraint place_count_by_hand check ((base is null) = (found is null) and (base is null) = (counted_at is null))
);

alter table access.place_count enable row level security, force row level security;
create policy place_count_app_read on access.place_count for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy place_count_app_add on access.place_count for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy place_count_app_change on access.place_count for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy place_count_worker on access.place_count for select to gongzhi_worker using (true);
create policy place_count_worker_pass on access.place_count for update to gongzhi_worker using (true) with check (true);
grant select, insert, update on access.place_count to gongzhi_app;
grant select, update (company_id) on access.place_count to gongzhi_worker;
grant select, insert, update, delete on access.place_count to gongzhi_loader;

-- Said by a guard's phone without a network, and more than a guard may say.
alter table access.passage_flag drop constraint passage_flag_kind;
alter table access.passage_flag add constraint passage_flag_kind
  check (kind in ('used_twice', 'revoked', 'unknown_pass', 'outcome_differs', 'override_beyond', 'clock_off', 'list_expired', 'device_revoked'));

-- check
select c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_catalog.pg_constraint k
  where k.conname = 'passage_flag_kind' and pg_catalog.pg_get_constraintdef(k.oid) like '%override_beyond%')
from pg_catalog.pg_class c where c.oid = 'access.place_count'::pg_catalog.regclass

-- How many went through a gate in an hour: figures only, so that a gate can be compared with its own weeks after the
-- passages themselves are gone.
create table access.gate_hour (
  scope_id uuid not null,
  gate_id uuid not null,
  hour_at timestamptz not null,
  city_id uuid, street_id uuid, company_id uuid,
  entries integer not null,
  exits integer not null,
  stopped integer not null,
  constraint gate_hour_pk primary key (scope_id, gate_id, hour_at),
  constraint gate_hour_gate_fk foreign key (scope_id, gate_id) references access.gate (scope_id, gate_id)
);
-- For the claim: up to when they are counted, and what is too old.
create index gate_hour_age on access.gate_hour (hour_at);

alter table access.gate_hour enable row level security, force row level security;
create policy gate_hour_app_read on access.gate_hour for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gate_hour_worker on access.gate_hour for all to gongzhi_worker using (true) with check (true);

grant select on access.gate_hour to gongzhi_app;
grant select, insert, delete, update (company_id) on access.gate_hour to gongzhi_worker;
grant select, insert, update, delete on access.gate_hour to gongzhi_loader;

-- check
select bool_and(c.relrowsecurity and c.relforcerowsecurity)
  and not pg_catalog.has_table_privilege('gongzhi_app', 'access.gate_hour', 'insert')
from pg_catalog.pg_class c where c.oid = 'access.gate_hour'::pg_catalog.regclass

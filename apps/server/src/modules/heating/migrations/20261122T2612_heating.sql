-- What was measured in a home in the heating season: written once, with both signatures or with why one is missing.
create schema heating;
grant usage on schema heating to gongzhi_app, gongzhi_worker, gongzhi_loader;

create table heating.visit (
  scope_id uuid not null,
  visit_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  household_label text not null,
  season text not null,
  -- the place's own day
  measured_on date not null,
  measured_at timestamptz not null,
  -- [{room, tenths}]: tenths of a degree Celsius
  rooms jsonb not null,
  coldest_tenths integer not null,
  -- the standard of that day, kept with what was judged by it
  standard_tenths integer not null,
  is_cold boolean not null,
  note text,
  measured_by uuid not null,
  measured_by_name text not null,
  -- a drawn signature is a picture of the visit (platform.file); else the name that was said
  staff_signed text not null,
  resident_signed text,
  resident_name_cipher bytea,
  unsigned_reason text,
  constraint visit_pk primary key (scope_id, visit_id),
  constraint visit_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint visit_staff_signed check (staff_signed in ('drawn', 'spoken')),
  constraint visit_resident_signed check (resident_signed in ('drawn', 'spoken')),
  constraint visit_unsigned check (resident_signed is not null or unsigned_reason is not null),
  constraint visit_cold check (is_cold = (coldest_tenths < standard_tenths)),
  constraint visit_plausible check (coldest_tenths between -300 and 450)
);
create index visit_season on heating.visit (scope_id, season, measured_at desc, visit_id desc);
create index visit_street on heating.visit (street_id, season, measured_at desc) where street_id is not null;

alter table heating.visit enable row level security, force row level security;
create policy visit_app_read on heating.visit for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy visit_app_add on heating.visit for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy visit_worker on heating.visit for select to gongzhi_worker using (true);
grant select, insert on heating.visit to gongzhi_app;
grant select on heating.visit to gongzhi_worker;
grant select, insert, update, delete on heating.visit to gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity
from pg_catalog.pg_class c where c.oid = 'heating.visit'::pg_catalog.regclass

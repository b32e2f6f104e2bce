-- How many homes a place has and what they measure, for figures per 1,000 households and per 10,000 square metres. Counted
-- anew every hour: to count two million homes for every page that shows a rate would take a second.
create table places.compound_size (
  scope_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  households integer not null,
  area_m2 numeric(16, 2) not null,
  constraint compound_size_pk primary key (scope_id),
  constraint compound_size_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint compound_size_positive check (households > 0 and area_m2 > 0)
);
create index compound_size_city on places.compound_size (city_id);
create index compound_size_street on places.compound_size (street_id);
create index compound_size_company on places.compound_size (company_id);

alter table places.compound_size enable row level security, force row level security;
create policy compound_size_app on places.compound_size for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy compound_size_worker on places.compound_size for all to gongzhi_worker using (true) with check (true);
grant select on places.compound_size to gongzhi_app;
grant select, insert, update, delete on places.compound_size to gongzhi_worker, gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity and not pg_catalog.has_table_privilege('gongzhi_app', c.oid, 'update')
from pg_catalog.pg_class c where c.oid = 'places.compound_size'::pg_catalog.regclass

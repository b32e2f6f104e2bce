-- Where somebody's phone said they are: one row a person, given by themselves, gone with the end of the shift.
create table dispatch.position (
  scope_id uuid not null,
  account_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  latitude double precision not null,
  longitude double precision not null,
  at timestamptz not null,
  expires_at timestamptz not null,
  constraint position_pk primary key (scope_id, account_id),
  constraint position_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint position_range check (latitude between -90 and 90 and longitude between -180 and 180)
);
create index position_expires on dispatch.position (expires_at);
alter table dispatch.position enable row level security, force row level security;
create policy position_app_read on dispatch.position for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy position_app_add on dispatch.position for insert to gongzhi_app
  with check (account_id = platform.account() and platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy position_app_change on dispatch.position for update to gongzhi_app
  using (account_id = platform.account() and platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (account_id = platform.account() and platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy position_worker on dispatch.position for all to gongzhi_worker using (true) with check (true);
grant select, insert, update (city_id, street_id, company_id, latitude, longitude, at, expires_at) on dispatch.position to gongzhi_app;
grant select, delete on dispatch.position to gongzhi_worker;
grant select, insert, update, delete on dispatch.position to gongzhi_loader;

-- check
select count(*) = 1 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.oid = 'dispatch.position'::pg_catalog.regclass

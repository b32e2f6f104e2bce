-- Who kept a grid from when until when, each half of the pair by itself. places.grid carries today's.
create table places.grid_keeper (
  scope_id uuid not null,
  grid_keeper_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  grid_id uuid not null,
  half text not null,
  account_id uuid not null,
  name text not null,
  starts_on date not null,
  -- the first day on which they no longer do; the day they began where it was put right at once
  ends_on date,
  constraint grid_keeper_pk primary key (scope_id, grid_keeper_id),
  constraint grid_keeper_grid_fk foreign key (scope_id, grid_id) references places.grid (scope_id, grid_id),
  constraint grid_keeper_half check (half in ('steward', 'social_worker')),
  constraint grid_keeper_range check (ends_on is null or ends_on >= starts_on)
);
create unique index grid_keeper_now on places.grid_keeper (scope_id, grid_id, half) where ends_on is null;
alter table places.grid_keeper enable row level security, force row level security;
create policy grid_keeper_app_read on places.grid_keeper for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy grid_keeper_app_add on places.grid_keeper for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy grid_keeper_app_change on places.grid_keeper for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy grid_keeper_worker on places.grid_keeper for all to gongzhi_worker using (true) with check (true);
grant select, insert, update (ends_on) on places.grid_keeper to gongzhi_app;
grant select, update (ends_on, company_id) on places.grid_keeper to gongzhi_worker;
grant select, insert, update, delete on places.grid_keeper to gongzhi_loader;
-- Who keeps one today has kept it since nobody knows when: the record begins when somebody is named.

-- check
select c.relrowsecurity and c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'places.grid_keeper'::pg_catalog.regclass

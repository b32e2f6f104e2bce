-- Who is on shift when: cycles of days, who follows which from-to, and what is laid over it. A department's own.
create schema dispatch;
grant usage on schema dispatch to gongzhi_app, gongzhi_worker, gongzhi_loader;

create table dispatch.shift_pattern (
  scope_id uuid not null,
  shift_pattern_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  name text not null,
  anchor_on date not null,
  -- [{from, to} | null]: minutes of the local day, `to` up to a day later
  days jsonb not null,
  is_active boolean not null,
  version integer not null,
  changed_by uuid not null,
  changed_at timestamptz not null,
  constraint shift_pattern_pk primary key (scope_id, shift_pattern_id),
  constraint shift_pattern_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

create table dispatch.roster (
  scope_id uuid not null,
  roster_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  account_id uuid not null,
  shift_pattern_id uuid not null,
  kind text not null,
  starts_on date not null,
  -- the first day that is no longer covered
  ends_on date,
  -- empty: every compound of the department
  compound_ids uuid[] not null,
  grid_id uuid,
  changed_by uuid not null,
  changed_at timestamptz not null,
  constraint roster_pk primary key (scope_id, roster_id),
  constraint roster_pattern_fk foreign key (scope_id, shift_pattern_id)
    references dispatch.shift_pattern (scope_id, shift_pattern_id),
  constraint roster_kind check (kind in ('duty', 'standby')),
  constraint roster_range check (ends_on is null or ends_on >= starts_on)
);

-- A day off, leave, a swap, overtime. What was entered wrongly is withdrawn and stays to be read.
create table dispatch.shift_change (
  scope_id uuid not null,
  shift_change_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  account_id uuid not null,
  kind text not null,
  on_date date,
  from_at timestamptz,
  to_at timestamptz,
  with_account_id uuid,
  reason text not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  withdrawn_at timestamptz,
  constraint shift_change_pk primary key (scope_id, shift_change_id),
  constraint shift_change_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint shift_change_kind check (kind in ('off', 'leave', 'swap', 'overtime')),
  constraint shift_change_day check ((kind in ('off', 'swap')) = (on_date is not null)),
  constraint shift_change_hours check ((kind in ('leave', 'overtime')) = (from_at is not null and to_at is not null)),
  constraint shift_change_taker check ((kind = 'swap') = (with_account_id is not null))
);
-- One day is given away or taken off once; two who enter the same at the same time are told apart here.
create unique index shift_change_day_once on dispatch.shift_change (scope_id, account_id, on_date)
  where on_date is not null and withdrawn_at is null;

alter table dispatch.shift_pattern enable row level security, force row level security;
create policy shift_pattern_app_read on dispatch.shift_pattern for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_pattern_app_add on dispatch.shift_pattern for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_pattern_app_change on dispatch.shift_pattern for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_pattern_worker on dispatch.shift_pattern for select to gongzhi_worker using (true);

alter table dispatch.roster enable row level security, force row level security;
create policy roster_app_read on dispatch.roster for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy roster_app_add on dispatch.roster for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy roster_app_change on dispatch.roster for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy roster_worker on dispatch.roster for select to gongzhi_worker using (true);

alter table dispatch.shift_change enable row level security, force row level security;
create policy shift_change_app_read on dispatch.shift_change for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_change_app_add on dispatch.shift_change for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_change_app_change on dispatch.shift_change for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_change_worker on dispatch.shift_change for select to gongzhi_worker using (true);

grant select, insert, update (name, days, is_active, version, changed_by, changed_at) on dispatch.shift_pattern to gongzhi_app;
grant select, insert, update (ends_on, changed_by, changed_at) on dispatch.roster to gongzhi_app;
grant select, insert, update (withdrawn_at) on dispatch.shift_change to gongzhi_app;
grant select on dispatch.shift_pattern, dispatch.roster, dispatch.shift_change to gongzhi_worker;
grant select, insert, update, delete on dispatch.shift_pattern, dispatch.roster, dispatch.shift_change to gongzhi_loader;

-- check
select count(*) = 3 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'dispatch'::pg_catalog.regnamespace and c.relkind = 'r'

-- Shifts of single days, as a file brings them. A row of a file that was taken in by mistake is withdrawn with it.
create table dispatch.shift_file (
  scope_id uuid not null,
  shift_file_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  name text not null,
  sha256 bytea not null,
  row_count integer not null,
  taken integer not null,
  known integer not null,
  free integer not null,
  -- [{line, field, code, params}]: where and what, nothing of what stood there
  faults jsonb not null,
  -- {field: heading}: which column was which, remembered for the next file
  columns jsonb not null,
  sent_by uuid not null,
  sent_by_name text not null,
  sent_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by_name text,
  constraint shift_file_pk primary key (scope_id, shift_file_id),
  constraint shift_file_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

create table dispatch.shift_day (
  scope_id uuid not null,
  shift_day_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  account_id uuid not null,
  on_date date not null,
  -- minutes of the local day, `to_minute` up to a day later
  from_minute integer not null,
  to_minute integer not null,
  kind text not null,
  shift_file_id uuid not null,
  withdrawn_at timestamptz,
  constraint shift_day_pk primary key (scope_id, shift_day_id),
  constraint shift_day_file_fk foreign key (scope_id, shift_file_id) references dispatch.shift_file (scope_id, shift_file_id),
  constraint shift_day_kind check (kind in ('duty', 'standby')),
  constraint shift_day_hours check (from_minute between 0 and 1439 and to_minute > from_minute and to_minute <= from_minute + 1440)
);
create unique index shift_day_hours_once on dispatch.shift_day (scope_id, account_id, on_date, kind, from_minute)
  where withdrawn_at is null;
create index shift_day_on on dispatch.shift_day (scope_id, on_date) where withdrawn_at is null;

alter table dispatch.shift_file enable row level security, force row level security;
create policy shift_file_app_read on dispatch.shift_file for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_file_app_add on dispatch.shift_file for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_file_app_change on dispatch.shift_file for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

alter table dispatch.shift_day enable row level security, force row level security;
create policy shift_day_app_read on dispatch.shift_day for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_day_app_add on dispatch.shift_day for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_day_app_change on dispatch.shift_day for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy shift_day_worker on dispatch.shift_day for select to gongzhi_worker using (true);

grant select, insert, update (withdrawn_at, withdrawn_by_name) on dispatch.shift_file to gongzhi_app;
grant select, insert, update (withdrawn_at) on dispatch.shift_day to gongzhi_app;
grant select on dispatch.shift_day to gongzhi_worker;
grant select, insert, update, delete on dispatch.shift_file, dispatch.shift_day to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'dispatch'::pg_catalog.regnamespace and c.relname in ('shift_file', 'shift_day')

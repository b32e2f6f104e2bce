-- Reports kept under a name: which list, asked how, of which days, and when it comes by itself.
create schema reports;
grant usage on schema reports to gongzhi_app, gongzhi_worker, gongzhi_loader;

create table reports.report (
  -- the office it was made in: a department, company, community, street or city
  scope_id uuid not null,
  report_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  owner_account_id uuid not null,
  -- in which capacity: what it shows is what this membership may see then
  owner_membership_id uuid not null,
  owner_name text not null,
  is_shared boolean not null,
  name text not null,
  kind text not null,
  -- the place it is narrowed to
  about_scope_id uuid,
  filters jsonb not null,
  -- title keys of the list's columns in their order; empty is all of them
  columns jsonb not null,
  period text not null,
  -- null: it comes when somebody asks
  schedule jsonb,
  format text not null,
  locale text not null,
  keep_days smallint not null,
  -- the turn that comes next: when, and for which day it is meant
  next_due_at timestamptz,
  next_day date,
  leased_until timestamptz,
  attempts smallint not null default 0,
  -- why it makes itself no more
  stopped text,
  version integer not null,
  updated_at timestamptz not null,
  removed_at timestamptz,
  constraint report_pk primary key (scope_id, report_id),
  constraint report_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint report_name check (name <> ''),
  constraint report_format check (format in ('xlsx', 'pdf')),
  constraint report_locale check (locale in ('zh-CN', 'en')),
  constraint report_keep check (keep_days between 1 and 400),
  constraint report_stopped check (stopped in ('rights', 'refused')),
  constraint report_turn check ((next_due_at is null) = (next_day is null)
    and (next_due_at is null or (schedule is not null and stopped is null and removed_at is null)))
);
create index report_due on reports.report (next_due_at) where next_due_at is not null;

-- What was made by itself, once for each turn; the file goes after its days, the line stays.
create table reports.edition (
  scope_id uuid not null,
  run_id uuid not null,
  report_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  owner_account_id uuid not null,
  -- whose eyes it was made with: colleagues of the same role see no more by it than by their own
  owner_role text not null,
  for_day date not null,
  from_day date, to_day date,
  state text not null,
  file_id uuid,
  file_name text,
  format text not null,
  row_count integer,
  is_cut boolean not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  constraint edition_pk primary key (scope_id, run_id),
  constraint edition_once unique (scope_id, report_id, for_day),
  constraint edition_report_fk foreign key (scope_id, report_id) references reports.report (scope_id, report_id),
  constraint edition_state check (state in ('made', 'failed')),
  constraint edition_made check (state = 'failed' or (file_name is not null and row_count is not null))
);
create index edition_expiring on reports.edition (expires_at) where file_id is not null;

alter table reports.report enable row level security, force row level security;
create policy report_app_read on reports.report for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (is_shared or owner_account_id = platform.account()));
create policy report_app_add on reports.report for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and owner_account_id = platform.account());
create policy report_app_change on reports.report for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and owner_account_id = platform.account())
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and owner_account_id = platform.account());
create policy report_worker on reports.report for all to gongzhi_worker using (true) with check (true);

alter table reports.edition enable row level security, force row level security;
create policy edition_app_read on reports.edition for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy edition_app_add on reports.edition for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and owner_account_id = platform.account());
create policy edition_worker on reports.edition for all to gongzhi_worker using (true) with check (true);

grant select, insert, update (owner_membership_id, owner_name, is_shared, name, kind, about_scope_id, filters, columns, period, schedule,
    format, locale, keep_days, next_due_at, next_day, leased_until, attempts, stopped, version, updated_at, removed_at)
  on reports.report to gongzhi_app;
grant select, update (leased_until, attempts) on reports.report to gongzhi_worker;
grant select, insert on reports.edition to gongzhi_app;
grant select, update (file_id) on reports.edition to gongzhi_worker;
grant select, insert, update, delete on reports.report, reports.edition to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'reports'::pg_catalog.regnamespace and c.relkind = 'r'

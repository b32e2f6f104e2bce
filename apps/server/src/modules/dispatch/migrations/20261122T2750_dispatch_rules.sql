-- How it is found who goes, as a company (for all it serves or for one compound), a street or a city says it from a
-- moment on. A row a version, never altered; a null value: from then on nothing of one's own, the next level's holds.
create table dispatch.rule_version (
  scope_id uuid not null,
  subject text not null,
  -- '' for every matter, a code for one; of the mode only
  category_code text not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  starts_at timestamptz not null,
  value jsonb,
  reason text not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  constraint dispatch_rule_version_pk primary key (scope_id, subject, category_code, version),
  constraint dispatch_rule_version_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint rule_version_subject check (subject in ('mode', 'offers', 'escalation')),
  constraint rule_version_category check (subject = 'mode' or category_code = '')
);

-- What still has to be brought to the orders that wait when a version begins; gone when it has been.
create table dispatch.rule_start (
  scope_id uuid not null,
  subject text not null,
  category_code text not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  starts_at timestamptz not null,
  -- the last order it was brought to
  after_order_id uuid,
  constraint rule_start_pk primary key (scope_id, subject, category_code, version),
  constraint rule_start_version_fk foreign key (scope_id, subject, category_code, version)
    references dispatch.rule_version (scope_id, subject, category_code, version)
);
create index rule_start_due on dispatch.rule_start (starts_at);
create index task_open on dispatch.task (work_order_id) where state <> 'closed' or watch_due_at is not null;

alter table dispatch.rule_version enable row level security, force row level security;
create policy rule_version_app_read on dispatch.rule_version for select to gongzhi_app using (true);
create policy rule_version_app_add on dispatch.rule_version for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy rule_version_worker on dispatch.rule_version for select to gongzhi_worker using (true);

alter table dispatch.rule_start enable row level security, force row level security;
create policy rule_start_app_add on dispatch.rule_start for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy rule_start_worker on dispatch.rule_start for all to gongzhi_worker using (true) with check (true);

grant select, insert on dispatch.rule_version to gongzhi_app;
grant insert on dispatch.rule_start to gongzhi_app;
grant select on dispatch.rule_version to gongzhi_worker;
grant select, update (after_order_id), delete on dispatch.rule_start to gongzhi_worker;
grant select, insert, update, delete on dispatch.rule_version, dispatch.rule_start to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'dispatch'::pg_catalog.regnamespace and c.relname in ('rule_version', 'rule_start')

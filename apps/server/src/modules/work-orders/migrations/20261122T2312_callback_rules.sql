-- Whom the desk calls and when, as a company, a street or a city says it from a day on, for every matter or for one.
-- A row a version, never altered; null rules: from that day on nothing of one's own, the next level's holds again.
create table work_orders.callback_rule_version (
  scope_id uuid not null,
  -- '' for every matter, a code for one
  category_code text not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  valid_from date not null,
  rules jsonb,
  reason text not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  constraint callback_rule_version_pk primary key (scope_id, category_code, version),
  constraint callback_rule_version_scope_fk foreign key (scope_id) references places.scope (scope_id)
);
alter table work_orders.callback_rule_version enable row level security, force row level security;
create policy callback_rule_version_app_read on work_orders.callback_rule_version for select to gongzhi_app using (true);
create policy callback_rule_version_app_add on work_orders.callback_rule_version for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy callback_rule_version_worker on work_orders.callback_rule_version for select to gongzhi_worker using (true);
grant select, insert on work_orders.callback_rule_version to gongzhi_app;
grant select on work_orders.callback_rule_version to gongzhi_worker;
grant select, insert, update, delete on work_orders.callback_rule_version to gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity from pg_catalog.pg_class c
where c.oid = 'work_orders.callback_rule_version'::pg_catalog.regclass

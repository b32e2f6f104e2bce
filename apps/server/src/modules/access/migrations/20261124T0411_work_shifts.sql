-- Who is at work in a compound when, as the roster of who serves it says: for passes that hold on shift only.
create table access.work_shift (
  scope_id uuid not null,
  account_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  city_id uuid, street_id uuid, company_id uuid,
  -- the department whose roster it is
  department_id uuid not null,
  constraint work_shift_pk primary key (scope_id, account_id, from_at),
  constraint work_shift_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint work_shift_range check (to_at > from_at)
);
create index work_shift_department on access.work_shift (department_id);

alter table access.work_shift enable row level security, force row level security;
create policy work_shift_app_read on access.work_shift for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy work_shift_worker on access.work_shift for all to gongzhi_worker using (true) with check (true);
grant select on access.work_shift to gongzhi_app;
grant select, insert, update, delete on access.work_shift to gongzhi_worker;
grant select, insert, update, delete on access.work_shift to gongzhi_loader;

alter table access.pass add column on_shift_only boolean not null default false;
alter table access.pass add constraint pass_on_shift check (not on_shift_only or (kind = 'staff' and account_id is not null));

-- check
select c.relrowsecurity and c.relforcerowsecurity and exists (select 1 from pg_catalog.pg_constraint where conname = 'pass_on_shift')
from pg_catalog.pg_class c where c.oid = 'access.work_shift'::pg_catalog.regclass

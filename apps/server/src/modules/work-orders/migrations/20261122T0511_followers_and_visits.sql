-- Several things in one report; when somebody is at home and what was agreed; whom a confidential complaint is about.
alter table work_orders.work_order add column has_several boolean not null default false;
-- {windows: [{from, to}], appointment: {from, to, isAgreed} | null, rescheduleCount, missedCount}, epoch milliseconds
alter table work_orders.work_order add column visit jsonb not null
  default '{"windows": [], "appointment": null, "rescheduleCount": 0, "missedCount": 0}';
-- The member of staff complained about, as they were called then, and at which visit.
alter table work_orders.work_order add column accused_account_id uuid;
alter table work_orders.work_order add column accused_name text;
alter table work_orders.work_order add column about_work_order_id uuid;
alter table work_orders.work_order add constraint work_order_accused_is_confidential
  check (accused_account_id is null or (is_confidential and not is_public));

-- Whoever is complained about never reads the complaint, in whatever role; the queries draw the line of the colleagues.
alter policy work_order_app_read on work_orders.work_order
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public, work_order_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));
alter policy work_order_app_change on work_orders.work_order
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false, work_order_id)
    and (accused_account_id is null or accused_account_id <> platform.account()));

-- Neighbours who wait for the same thing: they are told what happens, instead of reporting it once more.
create table work_orders.follower (
  scope_id uuid not null,
  work_order_id uuid not null,
  account_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  followed_at timestamptz not null,
  left_at timestamptz,
  constraint follower_pk primary key (scope_id, work_order_id, account_id),
  constraint follower_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);
create index follower_account on work_orders.follower (account_id, scope_id) where left_at is null;

alter table work_orders.follower enable row level security, force row level security;
-- All of the scope count them; who they are, the API tells nobody.
create policy follower_app_read on work_orders.follower for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy follower_app_add on work_orders.follower for insert to gongzhi_app
  with check (account_id = platform.account() and platform.common_reach(scope_id, city_id, street_id, company_id));
create policy follower_app_change on work_orders.follower for update to gongzhi_app
  using (account_id = platform.account()) with check (account_id = platform.account());
create policy follower_worker on work_orders.follower for select to gongzhi_worker using (true);
grant select, insert on work_orders.follower to gongzhi_app;
grant update (followed_at, left_at) on work_orders.follower to gongzhi_app;
grant select on work_orders.follower to gongzhi_worker;
grant select, insert, update, delete on work_orders.follower to gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'work_orders.follower'::pg_catalog.regclass

-- A slip of paper for who has no phone: its QR code opens a page that says how far the matter is, and nothing of who or
-- where. Only the hash of what the code holds is kept. Printing again makes another; withdrawing ends them all.
create table work_orders.slip (
  scope_id uuid not null,
  slip_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  work_order_id uuid not null,
  secret_hash bytea not null,
  printed_by_account_id uuid not null,
  printed_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint slip_pk primary key (scope_id, slip_id),
  constraint slip_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint slip_secret unique (scope_id, secret_hash),
  constraint slip_range check (expires_at > printed_at)
);
create index slip_order on work_orders.slip (scope_id, work_order_id);
alter table work_orders.slip enable row level security, force row level security;
-- Whoever holds the code is nobody yet: found by its hash, within its scope.
create policy slip_app_read on work_orders.slip for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) or current_setting('app.kind', true) = 'signin');
create policy slip_app_print on work_orders.slip for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and printed_by_account_id = platform.account());
create policy slip_app_revoke on work_orders.slip for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy slip_worker on work_orders.slip for select to gongzhi_worker using (true);
grant select, insert, update (revoked_at) on work_orders.slip to gongzhi_app;
grant select on work_orders.slip to gongzhi_worker;
grant select, insert, update, delete on work_orders.slip to gongzhi_loader;

-- check
select c.relrowsecurity and c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'work_orders.slip'::pg_catalog.regclass

-- What is not found by its words yet. A mark on the order itself cost every order its row a second time, with a new entry in
-- each of its indexes. A queue beside it is two short entries, gone when the words are written. No foreign key: it is
-- written with the order, and an order is never deleted.
create table work_orders.unindexed (
  scope_id uuid not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  constraint unindexed_pk primary key (scope_id, work_order_id)
  -- Rows come and go all day, and a city's at once: what is gone is cleared soon after, however many there were.
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_vacuum_insert_threshold = -1);
-- What was just reported comes before a history that was brought in.
create index unindexed_newest on work_orders.unindexed (work_order_id);

-- The tables' owner is behind the wall like everybody else.
alter table work_orders.work_order no force row level security;
insert into work_orders.unindexed (scope_id, work_order_id, city_id, street_id, company_id)
  select o.scope_id, o.work_order_id, o.city_id, o.street_id, o.company_id from work_orders.work_order o where not o.is_indexed;
alter table work_orders.work_order force row level security;
drop index work_orders.work_order_unindexed;
alter table work_orders.work_order drop column is_indexed;

-- Whoever may change an order may say that its words are to be found; only the worker reads what waits.
alter table work_orders.unindexed enable row level security, force row level security;
create policy unindexed_app_add on work_orders.unindexed for insert to gongzhi_app
  with check (platform.matter_writes(scope_id, city_id, street_id, company_id, null::uuid, null::uuid, true));
create policy unindexed_worker on work_orders.unindexed for all to gongzhi_worker using (true) with check (true);
grant insert on work_orders.unindexed to gongzhi_app;
-- To change a row is to lock it.
grant select, insert, update, delete on work_orders.unindexed to gongzhi_worker;
grant select, insert, update, delete on work_orders.unindexed to gongzhi_loader;

-- check
select (select c.relrowsecurity and c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'work_orders.unindexed'::pg_catalog.regclass)
  and (select c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'work_orders.work_order'::pg_catalog.regclass)
  and not exists (select from pg_catalog.pg_attribute a
    where a.attrelid = 'work_orders.work_order'::pg_catalog.regclass and a.attname = 'is_indexed')

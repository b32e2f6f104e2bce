-- What lists of what nobody has been given rely on: whoever has an order is told, so what is unassigned or disputed needs no index
-- by a status. And what is asked for by when it ended: whatever has ended tells when. The exclusive lock is held for a moment
-- only: the rows of before are looked through by the next migration. One constraint a statement: Citus takes no more.
alter table work_orders.work_order add constraint work_order_unheld
  check (assignee_account_id is null or status <> all ('{submitted,triaged,disputed}')) not valid;
alter table work_orders.work_order add constraint work_order_ended_at check (is_open = (closed_at is null)) not valid;

-- check
select count(*) = 2 from pg_catalog.pg_constraint c
where c.conrelid = 'work_orders.work_order'::pg_catalog.regclass and c.conname in ('work_order_unheld', 'work_order_ended_at')

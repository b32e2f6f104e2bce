-- All rows of before are looked through, beside whoever reads and writes.
alter table work_orders.work_order validate constraint work_order_unheld;
alter table work_orders.work_order validate constraint work_order_ended_at;

-- check
select bool_and(c.convalidated) from pg_catalog.pg_constraint c
where c.conrelid = 'work_orders.work_order'::pg_catalog.regclass and c.conname in ('work_order_unheld', 'work_order_ended_at')

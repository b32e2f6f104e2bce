-- All rows of before are looked through, beside whoever reads and writes.
alter table work_orders.work_order validate constraint work_order_with_worker;

-- check
select bool_and(c.convalidated) from pg_catalog.pg_constraint c
where c.conrelid = 'work_orders.work_order'::pg_catalog.regclass and c.conname = 'work_order_with_worker'

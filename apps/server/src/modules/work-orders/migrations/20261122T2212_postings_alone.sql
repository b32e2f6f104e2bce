-- Postings are derived, thirty an order, and an order is never deleted: to look the order up again for each of them was
-- a third of what indexing costs. Whoever finds by a posting joins the order anyway.
alter table work_orders.gram drop constraint gram_order_fk;

-- check
select count(*) = 0 from pg_catalog.pg_constraint c
where c.conrelid = 'work_orders.gram'::pg_catalog.regclass and c.contype = 'f'

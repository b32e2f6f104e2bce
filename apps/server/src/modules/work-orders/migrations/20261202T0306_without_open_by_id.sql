-- In the stead of what T0304 made, none of a single place's open orders by id: a place has some sixty, and the one by what presses
-- holds them as well. By itself: who writes holds the table and would wait for the index, and the drop for who writes.
drop index work_orders.work_order_open;

-- check
select count(*) = 0 from pg_catalog.pg_indexes i where i.schemaname = 'work_orders' and i.indexname = 'work_order_open'

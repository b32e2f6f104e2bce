-- Cancelled orders are few among all that ever was, and lists ask for them alone. By the outcome, which stands from an
-- order's end on: an index that told the status in its key or its condition would be written at every step of every order.
create index work_order_cancelled on work_orders.work_order (scope_id, work_order_id desc) where outcome = 'cancelled';
create index work_order_company_cancelled on work_orders.work_order (company_id, work_order_id desc) where outcome = 'cancelled';
create index work_order_street_cancelled on work_orders.work_order (street_id, work_order_id desc) where outcome = 'cancelled';
create index work_order_city_cancelled on work_orders.work_order (city_id, work_order_id desc) where outcome = 'cancelled';

-- check
select count(*) = 4 from pg_catalog.pg_indexes i where i.schemaname = 'work_orders' and i.indexname like 'work\_order%\_cancelled'

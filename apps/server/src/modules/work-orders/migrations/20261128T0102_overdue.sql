-- What has been overdue longest in a whole city, street or company, as a wall shows it: from thousands of open orders eight.
create index work_order_city_overdue on work_orders.work_order (city_id, resolve_due_at, work_order_id) where is_open and is_late;
create index work_order_street_overdue on work_orders.work_order (street_id, resolve_due_at, work_order_id) where is_open and is_late;
create index work_order_company_overdue on work_orders.work_order (company_id, resolve_due_at, work_order_id) where is_open and is_late;

-- check
select count(*) = 3 from pg_catalog.pg_indexes i where i.schemaname = 'work_orders' and i.indexname like 'work_order_%_overdue'

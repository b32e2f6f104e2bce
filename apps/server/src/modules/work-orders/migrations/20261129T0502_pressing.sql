-- What is most pressing in a whole city: of its twenty-five thousand open orders the first page, without sorting them all.
create index work_order_city_pressing on work_orders.work_order (city_id, next_due_at, work_order_id desc) where is_open;

-- check
select exists (select from pg_catalog.pg_indexes i where i.schemaname = 'work_orders' and i.indexname = 'work_order_city_pressing')

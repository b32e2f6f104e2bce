-- Whom somebody is to call back, the most pressing first: the first page of a whole city or company, without sorting the twenty
-- thousand who wait for a call. Only an order about which somebody is called is written into them.
create index work_order_city_callback on work_orders.work_order (city_id, next_due_at, work_order_id desc) where callback_wanted_at is not null;
create index work_order_company_callback on work_orders.work_order (company_id, next_due_at, work_order_id desc) where callback_wanted_at is not null;

-- check
select count(*) = 2 from pg_catalog.pg_indexes i
where i.schemaname = 'work_orders' and i.indexname in ('work_order_city_callback', 'work_order_company_callback')

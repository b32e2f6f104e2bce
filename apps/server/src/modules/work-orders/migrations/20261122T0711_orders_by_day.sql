-- Comparisons and lists of a period read the orders of that period and no others.
create index work_order_day on work_orders.work_order (scope_id, created_at);
create index work_order_company_day on work_orders.work_order (company_id, created_at) where company_id is not null;
create index work_order_street_day on work_orders.work_order (street_id, created_at) where street_id is not null;
create index work_order_city_day on work_orders.work_order (city_id, created_at) where city_id is not null;

-- check
select count(*) = 4 from pg_catalog.pg_class c where c.relnamespace = 'work_orders'::pg_catalog.regnamespace
  and c.relname in ('work_order_day', 'work_order_company_day', 'work_order_street_day', 'work_order_city_day')

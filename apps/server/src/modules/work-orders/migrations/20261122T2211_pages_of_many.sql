-- The first page of a scope by what presses most, without sorting all that is open in it.
create index work_order_pressing on work_orders.work_order (scope_id, next_due_at, work_order_id desc) where is_open;
-- The newest of a company, a street or a city among all that ever was; what is open has its own, smaller ones.
create index work_order_company_newest on work_orders.work_order (company_id, work_order_id desc) where company_id is not null;
create index work_order_street_newest on work_orders.work_order (street_id, work_order_id desc) where street_id is not null;
create index work_order_city_newest on work_orders.work_order (city_id, work_order_id desc) where city_id is not null;

-- check
select count(*) = 4 from pg_catalog.pg_class c where c.relnamespace = 'work_orders'::pg_catalog.regnamespace
  and c.relname in ('work_order_pressing', 'work_order_company_newest', 'work_order_street_newest', 'work_order_city_newest')

-- What is most pressing in a company that serves a thousand compounds: the first page, without sorting the 75,000 that are open.
create index work_order_company_pressing on work_orders.work_order (company_id, next_due_at, work_order_id desc) where is_open;

-- check
select count(*) = 1 from pg_catalog.pg_indexes i
where i.schemaname = 'work_orders' and i.indexname = 'work_order_company_pressing'

-- What nobody has been given, and what is late: of a quarter of a million open orders of a whole city two thousand and nineteen thousand.
-- An order is written into the first until somebody has it, into the second once it is late; who has it and whether it is
-- late move the row in every index of it anyway.
create index work_order_city_unheld on work_orders.work_order (city_id, next_due_at, work_order_id desc) where is_open and assignee_account_id is null;
create index work_order_company_unheld on work_orders.work_order (company_id, next_due_at, work_order_id desc) where is_open and assignee_account_id is null;
create index work_order_city_late on work_orders.work_order (city_id, next_due_at, work_order_id desc) where is_open and is_late;
create index work_order_company_late on work_orders.work_order (company_id, next_due_at, work_order_id desc) where is_open and is_late;
-- What has closed in a place since a moment: of that and of what is open is told what somebody did today. Written once, at the end.
create index work_order_closed on work_orders.work_order (scope_id, closed_at) where closed_at is not null;

-- check
select count(*) = 5 from pg_catalog.pg_indexes i where i.schemaname = 'work_orders'
  and (i.indexname like 'work\_order\_%\_unheld' or i.indexname in ('work_order_city_late', 'work_order_company_late', 'work_order_closed'))

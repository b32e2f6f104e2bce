-- What workers have in hand: of 24,700 open orders of a whole city 3,500, for most of what is open is done and waits to be confirmed
-- or closed. Written when somebody is given an order and when it is done, which moves the row in every index of it anyway. Of a
-- single place too, where a bad day leaves a hundred times as many that nobody has been given.
create index work_order_in_hand on work_orders.work_order (scope_id, next_due_at, work_order_id desc)
  where is_open and assignee_account_id is not null and finished_at is null;
create index work_order_city_in_hand on work_orders.work_order (city_id, next_due_at, work_order_id desc)
  where is_open and assignee_account_id is not null and finished_at is null;
create index work_order_company_in_hand on work_orders.work_order (company_id, next_due_at, work_order_id desc)
  where is_open and assignee_account_id is not null and finished_at is null;

-- check
select count(*) = 3 from pg_catalog.pg_indexes i where i.schemaname = 'work_orders' and i.indexname like 'work\_order%\_in\_hand'

-- What the sums of orders leave out: duplicates and reports that were split. They are few, and a report that counts them
-- too reads them beside the sums.
create index work_order_uncounted on work_orders.work_order (scope_id, work_order_id)
  where duplicate_of_id is not null or part_count > 0;

-- check
select exists (select from pg_catalog.pg_indexes i where i.schemaname = 'work_orders' and i.indexname = 'work_order_uncounted')

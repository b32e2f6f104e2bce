-- What the sums of orders leave out: duplicates and reports that were split. Few, and wanted beside the sums by a report
-- that counts them.
create index work_order_uncounted on work_orders.work_order (scope_id, work_order_id)
  where duplicate_of_id is not null or part_count > 0;

-- check
select exists (select from pg_indexes where schemaname = 'work_orders' and indexname = 'work_order_uncounted');

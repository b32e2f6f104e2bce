-- What lists of what a worker has in hand rely on: somebody has it, and has not finished. The exclusive lock is held for a moment
-- only: the rows of before are looked through by the next migration.
alter table work_orders.work_order add constraint work_order_with_worker
  check ((assignee_account_id is not null and finished_at is null) or status <> all ('{assigned,accepted,departed,arrived,in_progress,paused}')) not valid;

-- check
select count(*) = 1 from pg_catalog.pg_constraint c
where c.conrelid = 'work_orders.work_order'::pg_catalog.regclass and c.conname = 'work_order_with_worker'

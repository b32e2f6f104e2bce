-- No index holds the status any more. While one did, every step of an order wrote its row into each of some twenty indexes
-- anew; now a step that moves neither a deadline nor who does the work writes none of them. In a migration of its own, for
-- the exclusive lock that this takes is held for a moment only: the rows of before are looked through by the next one.
drop index work_orders.work_order_status;
-- What lists of cancelled orders rely on.
alter table work_orders.work_order add constraint work_order_is_cancelled
  check ((status = 'cancelled') = (outcome is not distinct from 'cancelled')) not valid;

-- check
select not exists (select from pg_catalog.pg_attribute a join pg_catalog.pg_index i on i.indrelid = a.attrelid and a.attnum = any (i.indkey)
  where a.attrelid = 'work_orders.work_order'::pg_catalog.regclass and a.attname = 'status')

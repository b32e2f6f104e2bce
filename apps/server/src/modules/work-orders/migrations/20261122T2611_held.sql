-- An order behind a case of the hotline: until the street has replied to the hotline, nobody ends it but by its work.
alter table work_orders.work_order add column held_by text;
alter table work_orders.work_order add constraint work_order_held_by check (held_by in ('hotline'));

-- check
select count(*) = 1 from pg_catalog.pg_constraint where conname = 'work_order_held_by'

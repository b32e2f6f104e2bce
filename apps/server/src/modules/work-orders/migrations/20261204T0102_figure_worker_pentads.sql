-- Sums of workers may be of a pentad, as those of places are. Each table's lock is held by itself, and no longer than this.
alter table work_orders.figure_worker drop constraint figure_worker_stretch;
alter table work_orders.figure_worker add constraint figure_worker_stretch check (stretch in ('day', 'pentad', 'month')) not valid;

-- check
select pg_catalog.pg_get_constraintdef(k.oid) like '%pentad%' from pg_catalog.pg_constraint k
where k.conrelid = 'work_orders.figure_worker'::pg_catalog.regclass and k.conname = 'figure_worker_stretch'

-- What T0104 made anew is not written twice.
drop index hotline.callback_called;

-- check
select count(*) = 0 from pg_catalog.pg_class c
where c.relnamespace = 'hotline'::pg_catalog.regnamespace and c.relkind = 'i' and c.relname in ('callback_called')

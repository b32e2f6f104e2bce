-- What T0101 made anew is not written twice.
drop index hotline.hotline_case_received;
drop index hotline.hotline_case_open;

-- check
select count(*) = 0 from pg_catalog.pg_class c
where c.relnamespace = 'hotline'::pg_catalog.regnamespace and c.relkind = 'i' and c.relname in ('hotline_case_received', 'hotline_case_open')

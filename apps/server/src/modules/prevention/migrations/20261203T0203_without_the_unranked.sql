-- What T0202 made anew is not written twice.
drop index prevention.project_city;
drop index prevention.project_street;
drop index prevention.project_company;

-- check
select count(*) = 0 from pg_catalog.pg_indexes i
where i.schemaname = 'prevention' and i.indexname in ('project_city', 'project_street', 'project_company')

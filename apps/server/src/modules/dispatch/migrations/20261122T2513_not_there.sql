-- Two things are told: that nobody has taken it (claim), and that who took an emergency is not there in time (arrival),
-- with the reason that was known then.
alter table dispatch.alert add column matter text not null default 'claim';
alter table dispatch.alert add column reason text;
alter table dispatch.alert add constraint alert_matter check (matter in ('claim', 'arrival'));
alter table dispatch.alert drop constraint alert_pk;
alter table dispatch.alert add constraint alert_pk primary key (scope_id, work_order_id, matter, watch_round, step);

-- check
select count(*) = 2 from pg_catalog.pg_attribute a
where a.attrelid = 'dispatch.alert'::pg_catalog.regclass and a.attname in ('matter', 'reason')

-- Which of the two chains the step is of: an order that becomes an emergency begins that chain at its first step.
alter table dispatch.task add column watch_is_emergency boolean not null default false;
update dispatch.task set watch_is_emergency = is_emergency;
-- The step at which somebody said "I see to it": once a step.
alter table dispatch.task add column held_step integer;
grant update (held_step) on dispatch.task to gongzhi_app;
-- Whoever comes next hears that it is held up.
alter table dispatch.alert drop constraint alert_matter;
alter table dispatch.alert add constraint alert_matter check (matter in ('claim', 'arrival', 'held'));

-- check
select count(*) = 2 from pg_catalog.pg_attribute a
where a.attrelid = 'dispatch.task'::pg_catalog.regclass and a.attname in ('watch_is_emergency', 'held_step')

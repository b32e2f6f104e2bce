-- How far a project stood out from what is usual when it was last looked at: from nought on it does. And whether the owner
-- of a step was told that its day has come.
alter table prevention.project add column strength double precision not null default 0;
alter table prevention.step add column due_told_at timestamptz;
create index step_due on prevention.step (due_on) where state = 'open' and due_told_at is null;

-- check
select count(*) = 2 from pg_catalog.pg_attribute a
where (a.attrelid, a.attname) in (('prevention.project'::pg_catalog.regclass, 'strength'), ('prevention.step'::pg_catalog.regclass, 'due_told_at'))

-- Of an emergency the telephone rings again as long as nobody has it: when it did last.
alter table dispatch.offer add column rung_at timestamptz;
update dispatch.offer set rung_at = offered_at;
alter table dispatch.offer alter column rung_at set not null;

-- check
select a.attnotnull from pg_catalog.pg_attribute a where a.attrelid = 'dispatch.offer'::pg_catalog.regclass and a.attname = 'rung_at'

-- A name is told within the office it belongs to only; whoever is of another reads in what capacity it was answered. Null:
-- answered before this was kept.
alter table forms.answer add column answered_as text;

-- check
select count(*) = 1 from pg_catalog.pg_attribute a
where a.attrelid = 'forms.answer'::pg_catalog.regclass and a.attname = 'answered_as' and not a.attnotnull

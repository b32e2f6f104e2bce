-- An answer bears the way in which its question was asked, and a sheet the way of each of its questions: which answers answer
-- which questions is told without opening one. A choice is told by its options, in whatever order they stand.
alter table forms.sheet add column question_ways text[] not null default '{}';
alter table forms.answer add column asked_as text;
-- Whoever is refused because somebody else has answered meanwhile reads who it was; null: answered before this was kept.
alter table forms.answer add column answered_by_name text;

-- The owner is held by the wall, too.
alter table forms.answer no force row level security;
alter table forms.sheet no force row level security;
update forms.sheet r set question_ways = coalesce((
  select array_agg(
    case when c.one ->> 'type' = 'choice' then 'choice ' || left(encode(sha256(convert_to((
        select string_agg(o.words, E'\n' order by o.words collate "C") from jsonb_array_elements_text(c.one -> 'options') as o (words)), 'UTF8')), 'hex'), 16)
      else c.one ->> 'type' end order by c.at)
  from jsonb_array_elements(r.columns) with ordinality as c (one, at) where c.one ->> 'kind' = 'question'), '{}');
update forms.answer a set asked_as = r.question_ways[array_position(r.question_keys, a.question_key)]
from forms.sheet r where r.scope_id = a.scope_id and r.form_id = a.form_id;
alter table forms.answer force row level security;
alter table forms.sheet force row level security;

alter table forms.answer alter column asked_as set not null;
alter table forms.sheet alter column question_ways drop default,
  add constraint sheet_ways check (cardinality(question_ways) = cardinality(question_keys));

-- A form asks a few questions of all its subjects.
drop index forms.answer_newest;
create index answer_newest on forms.answer (scope_id, question_key, subject_id, answered_at desc);

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid
where c.relnamespace = 'forms'::pg_catalog.regnamespace and a.attnotnull
  and (c.relname, a.attname) in (('answer', 'asked_as'), ('sheet', 'question_ways'))

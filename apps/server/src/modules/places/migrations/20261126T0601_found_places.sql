-- What a place is found by as one types: its name, its initials and its syllables, made by a sweep from the name it has,
-- whoever gave it. Names are some thousands in a city and public: they are read through the index of the region.
alter table places.scope
  add column found_by text,
  add column found_by_name text;
create index scope_not_found on places.scope (scope_id) where found_by_name is distinct from name;
grant update (found_by, found_by_name) on places.scope to gongzhi_worker;

-- A home is found by its room: the one number of its label that most homes do not have.
create index household_room_found on places.household (scope_id, room_no, household_id);

-- check
select count(*) = 2 from pg_catalog.pg_class c
where c.relnamespace = 'places'::pg_catalog.regnamespace and c.relkind = 'i'
  and c.relname in ('scope_not_found', 'household_room_found')

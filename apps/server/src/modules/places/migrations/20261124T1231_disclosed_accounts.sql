-- Somebody whose data was given away may have an account and no record here: they are told by their account.
alter table places.disclosure alter column person_id drop not null;
alter table places.disclosure add constraint disclosure_subject_known check (person_id is not null or subject_account_id is not null);

-- check
select not a.attnotnull from pg_catalog.pg_attribute a where a.attrelid = 'places.disclosure'::pg_catalog.regclass and a.attname = 'person_id'

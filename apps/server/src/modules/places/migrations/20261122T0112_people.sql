-- People in full: found by name and initials, moved in and out by command, shown in plain text only with a trace that
-- the person can read, and erased where the law lets it.

alter table places.person
  add column name_index bytea,
  -- Which making of the indexes the row has; what is older is made anew by a sweep.
  add column index_version smallint not null default 0,
  add column erased_at timestamptz,
  alter column name_cipher drop not null,
  add constraint person_named check (erased_at is not null or name_cipher is not null);
create index person_name on places.person (scope_id, name_index) where name_index is not null;
create index person_phone_last4 on places.person (scope_id, phone_last4_index, person_id) where phone_last4_index is not null;
create index person_unindexed on places.person (index_version) where erased_at is null;

-- A blind index of parts of names: single characters, and the beginnings of the initials in pinyin. Keyed per scope
-- and kind, so that a gram of one compound says nothing of another's. A btree on bytea: its equality is leakproof, and
-- under row-level security only such an operator may use an index. It tells who is reached by the scope alone: the
-- roles that search people all work in a list of scopes, and a compound that changes its company needs no new index.
create table places.person_gram (
  scope_id uuid not null,
  gram bytea not null,
  person_id uuid not null,
  constraint person_gram_pk primary key (scope_id, gram, person_id),
  constraint person_gram_person_fk foreign key (scope_id, person_id) references places.person (scope_id, person_id)
);
-- An erased or renamed person's grams are found by the person.
create index person_gram_person on places.person_gram (scope_id, person_id);

-- Serialises what changes about who lives there: whoever moves somebody in or out counts it up.
alter table places.household add column version integer not null default 1;

-- A relation that was entered by mistake has never held; it stays to be read, by staff.
alter table places.occupancy
  add column voided_at timestamptz,
  add column created_at timestamptz;
create index occupancy_person on places.occupancy (scope_id, person_id);

-- Who saw somebody's name and phone in plain text, when and what for. The subject reads it.
create table places.disclosure (
  scope_id uuid not null,
  disclosure_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  person_id uuid not null,
  subject_account_id uuid,
  account_id uuid not null,
  role text not null,
  organisation_name text not null,
  purpose text not null,
  words text,
  work_order_id uuid,
  at timestamptz not null,
  constraint disclosure_pk primary key (scope_id, disclosure_id),
  constraint disclosure_person_fk foreign key (scope_id, person_id) references places.person (scope_id, person_id)
);
create index disclosure_subject on places.disclosure (subject_account_id, disclosure_id desc) where subject_account_id is not null;
create index disclosure_person on places.disclosure (scope_id, person_id, disclosure_id desc);

alter table places.person_gram enable row level security, force row level security;
create policy person_gram_app_read on places.person_gram for select to gongzhi_app
  using (current_setting('app.kind', true) = 'scope' and strpos(current_setting('app.scopes', true), scope_id::text) > 0);
create policy person_gram_app_add on places.person_gram for insert to gongzhi_app
  with check (current_setting('app.kind', true) = 'scope' and strpos(current_setting('app.scopes', true), scope_id::text) > 0);
create policy person_gram_worker on places.person_gram for all to gongzhi_worker using (true) with check (true);

create policy person_app_add on places.person for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy occupancy_app_add on places.occupancy for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy occupancy_app_change on places.occupancy for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

-- A person is linked to an account, indexed anew and erased by the house itself, after what was asked for is recorded;
-- the worker's policies to change people and relations, and the app's for households, come with 20261122T0211.
alter table places.disclosure enable row level security, force row level security;
create policy disclosure_app_read on places.disclosure for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) or subject_account_id = platform.account());
create policy disclosure_app_add on places.disclosure for insert to gongzhi_app
  with check (account_id = platform.account() and platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy disclosure_worker on places.disclosure for all to gongzhi_worker using (true) with check (true);

grant select, insert on places.person_gram to gongzhi_app;
grant select, insert, delete on places.person_gram to gongzhi_worker;
grant insert on places.person, places.occupancy to gongzhi_app;
grant update (ends_on, voided_at) on places.occupancy to gongzhi_app;
grant update (version) on places.household to gongzhi_app;
grant update on places.person to gongzhi_worker;
grant update (account_id) on places.occupancy to gongzhi_worker;
grant select, insert on places.disclosure to gongzhi_app;
grant select on places.disclosure to gongzhi_worker;
grant update (subject_account_id) on places.disclosure to gongzhi_worker;
grant select, insert, update, delete on places.person_gram, places.disclosure to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.oid in ('places.person_gram'::pg_catalog.regclass, 'places.disclosure'::pg_catalog.regclass)

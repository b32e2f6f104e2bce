-- What the desk corrected, as data to learn from: which words of the trade the report held, what was suggested, what was
-- chosen, what it really was. Words come from a closed list (catalogue/lexicon.json), so that none can name a person.
create table work_orders.correction (
  scope_id uuid not null,
  correction_id uuid not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  words text[] not null,
  suggested_code text,
  chosen_code text not null,
  final_code text not null,
  corrected_at timestamptz not null,
  constraint correction_pk primary key (scope_id, correction_id),
  constraint correction_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);
create index correction_order on work_orders.correction (scope_id, work_order_id, correction_id desc);
create index correction_words on work_orders.correction using gin (words);

-- What a city has learnt from them: small, public, served with the catalogue. The scope is the city's.
create table work_orders.learnt_word (
  scope_id uuid not null,
  word text not null,
  category_code text not null,
  weight smallint not null,
  evidence integer not null,
  learnt_at timestamptz not null,
  constraint learnt_word_pk primary key (scope_id, word, category_code)
);

alter table work_orders.correction enable row level security, force row level security;
create policy correction_app_add on work_orders.correction for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy correction_worker on work_orders.correction for select to gongzhi_worker using (true);
grant insert on work_orders.correction to gongzhi_app;
grant select on work_orders.correction to gongzhi_worker;
grant select, insert, update, delete on work_orders.correction to gongzhi_loader;

alter table work_orders.learnt_word enable row level security, force row level security;
create policy learnt_word_app on work_orders.learnt_word for select to gongzhi_app using (true);
create policy learnt_word_worker on work_orders.learnt_word for all to gongzhi_worker using (true) with check (true);
grant select on work_orders.learnt_word to gongzhi_app;
grant select, insert, update on work_orders.learnt_word to gongzhi_worker;
grant select, insert, update, delete on work_orders.learnt_word to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity) from pg_catalog.pg_class c
where c.oid in ('work_orders.correction'::pg_catalog.regclass, 'work_orders.learnt_word'::pg_catalog.regclass)

-- One entry serves many forms: what an office asks, who fills it in, and what was answered once for all.
create schema forms;
grant usage on schema forms to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- A published form never changes: whoever wants it otherwise publishes its next revision.
create table forms.form (
  -- the street or city that asks
  scope_id uuid not null,
  form_id uuid not null,
  -- company_id stays null here and below: what a place has answered goes with no company
  city_id uuid, street_id uuid, company_id uuid,
  state text not null,
  revision integer not null,
  revises_id uuid,
  title text not null,
  authority text not null,
  document_no text not null,
  subject text not null,
  period_from date not null,
  period_to date not null,
  due_on date not null,
  -- known fields by key, own questions whole, in their order
  columns jsonb not null,
  author_account_id uuid not null,
  author_name text not null,
  published_at timestamptz,
  withdrawn_at timestamptz,
  withdraw_reason text,
  version integer not null,
  updated_at timestamptz not null,
  constraint form_pk primary key (scope_id, form_id),
  constraint form_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint form_revises_fk foreign key (scope_id, revises_id) references forms.form (scope_id, form_id),
  constraint form_no_company check (company_id is null),
  constraint form_state check (state in ('draft', 'published', 'withdrawn')),
  constraint form_subject check (subject in ('resident', 'home', 'building', 'compound', 'community')),
  constraint form_period check (period_to >= period_from),
  constraint form_published check ((state = 'draft') = (published_at is null)),
  constraint form_withdrawn check ((state = 'withdrawn') = (withdrawn_at is not null and withdraw_reason is not null))
);

-- The form before one compound or community, as it was published: whoever fills it in does not reach the office that asks.
create table forms.sheet (
  scope_id uuid not null,
  form_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  form_scope_id uuid not null,
  title text not null,
  authority text not null,
  document_no text not null,
  revision integer not null,
  subject text not null,
  period_from date not null,
  period_to date not null,
  due_on date not null,
  columns jsonb not null,
  question_keys text[] not null,
  state text not null,
  published_at timestamptz not null,
  submitted_at timestamptz,
  submitted_by uuid,
  submitted_by_name text,
  decided_at timestamptz,
  decided_by_name text,
  return_reason text,
  next_tell_at timestamptz,
  next_telling text,
  version integer not null,
  constraint sheet_pk primary key (scope_id, form_id),
  constraint sheet_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint sheet_no_company check (company_id is null),
  constraint sheet_state check (state in ('open', 'submitted', 'returned', 'accepted', 'withdrawn')),
  constraint sheet_submitted check (state not in ('submitted', 'accepted') or (submitted_at is not null and submitted_by is not null)),
  constraint sheet_returned check (state <> 'returned' or return_reason is not null),
  constraint sheet_telling check ((next_tell_at is null) = (next_telling is null)
    and (next_telling is null or next_telling in ('given', 'soon', 'late', 'returned')))
);
create index sheet_street on forms.sheet (street_id, form_id);
create index sheet_city on forms.sheet (city_id, form_id);
create index sheet_telling on forms.sheet (next_tell_at) where next_tell_at is not null;

-- What was answered in one form about one subject, sealed; known to every other form that asks the same, while it holds.
create table forms.answer (
  scope_id uuid not null,
  form_id uuid not null,
  -- a person, a home, a building, or the scope itself
  subject_id uuid not null,
  question_key text not null,
  city_id uuid, street_id uuid, company_id uuid,
  subject text not null,
  -- null: taken away again while the form was being filled in
  value_cipher bytea,
  answered_on date not null,
  answered_at timestamptz not null,
  valid_until date not null,
  -- against an answer that still held: somebody says that it was wrong
  is_correction boolean not null,
  answered_by uuid not null,
  constraint answer_pk primary key (scope_id, form_id, subject_id, question_key),
  constraint answer_sheet_fk foreign key (scope_id, form_id) references forms.sheet (scope_id, form_id),
  constraint answer_no_company check (company_id is null),
  constraint answer_subject check (subject in ('resident', 'home', 'building', 'compound', 'community')),
  constraint answer_holds check (valid_until >= answered_on)
);
create index answer_newest on forms.answer (scope_id, subject_id, question_key, answered_at desc);

-- How long the pages of a task were worked on, day by day; by whom is not kept.
create table forms.effort (
  scope_id uuid not null,
  form_id uuid not null,
  on_day date not null,
  city_id uuid, street_id uuid, company_id uuid,
  seconds integer not null,
  constraint effort_pk primary key (scope_id, form_id, on_day),
  constraint effort_sheet_fk foreign key (scope_id, form_id) references forms.sheet (scope_id, form_id),
  constraint effort_no_company check (company_id is null),
  constraint effort_seconds check (seconds between 0 and 28800)
);

alter table forms.form enable row level security, force row level security;
create policy form_app_read on forms.form for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy form_app_add on forms.form for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy form_app_change on forms.form for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

alter table forms.sheet enable row level security, force row level security;
create policy sheet_app_read on forms.sheet for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy sheet_app_add on forms.sheet for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy sheet_app_change on forms.sheet for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy sheet_worker on forms.sheet for all to gongzhi_worker using (true) with check (true);

alter table forms.answer enable row level security, force row level security;
create policy answer_app_read on forms.answer for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy answer_app_add on forms.answer for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and answered_by = platform.account());
create policy answer_app_change on forms.answer for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and answered_by = platform.account());
create policy answer_worker on forms.answer for all to gongzhi_worker using (true) with check (true);

alter table forms.effort enable row level security, force row level security;
create policy effort_app_read on forms.effort for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy effort_app_add on forms.effort for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy effort_app_change on forms.effort for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

grant select, insert, update on forms.form, forms.sheet, forms.answer, forms.effort to gongzhi_app;
grant select, update (next_tell_at, next_telling) on forms.sheet to gongzhi_worker;
-- Whoever is erased leaves no answer behind.
grant select, delete on forms.answer to gongzhi_worker;
grant select, insert, update, delete on forms.form, forms.sheet, forms.answer, forms.effort to gongzhi_loader;

-- check
select count(*) = 4 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'forms'::pg_catalog.regnamespace and c.relkind = 'r'

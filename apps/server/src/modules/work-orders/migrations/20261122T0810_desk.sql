-- The desk's own tools: saved filters, columns, notes, answers prepared, what a field was before, words to find by.

-- A queue of one's own (owner given) or of the whole desk (owner null). Removed ones stay, so that a link still says so.
create table work_orders.saved_filter (
  scope_id uuid not null,
  filter_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  owner_account_id uuid,
  name text not null,
  -- what the address of the desk holds: queue, status, category, late, words …
  query jsonb not null,
  position smallint not null,
  version integer not null,
  updated_by uuid not null,
  updated_at timestamptz not null,
  removed_at timestamptz,
  constraint saved_filter_pk primary key (scope_id, filter_id),
  constraint saved_filter_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint saved_filter_name check (name <> '')
);
create index saved_filter_owner on work_orders.saved_filter (scope_id, owner_account_id) where removed_at is null;

-- Which columns a person sees in the table, in which order and how wide.
create table work_orders.list_view (
  scope_id uuid not null,
  account_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  columns jsonb not null,
  updated_at timestamptz not null,
  constraint list_view_pk primary key (scope_id, account_id),
  constraint list_view_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

-- What a desk writes down for itself about an order or a household: sealed, for it is often about people.
create table work_orders.note (
  scope_id uuid not null,
  note_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  subject text not null,
  subject_id uuid not null,
  text_cipher bytea not null,
  is_pinned boolean not null,
  author_account_id uuid not null,
  author_name text not null,
  at timestamptz not null,
  removed_at timestamptz,
  removed_by_name text,
  constraint note_pk primary key (scope_id, note_id),
  constraint note_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint note_subject check (subject in ('order', 'household'))
);
create index note_subject_of on work_orders.note (scope_id, subject_id, note_id desc) where removed_at is null;

-- Answers prepared in both languages. Each change is a new row: what was sent under version 3 was version 3.
create table work_orders.answer_template (
  scope_id uuid not null,
  template_id uuid not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  name text not null,
  purpose text not null,
  text_zh text not null,
  text_en text not null,
  is_active boolean not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  constraint answer_template_pk primary key (scope_id, template_id, version),
  constraint answer_template_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint answer_template_purpose check (purpose in ('comment', 'callback', 'close'))
);

-- What a field was before, and what it became: written beside the change itself, never altered.
create table work_orders.field_change (
  scope_id uuid not null,
  work_order_id uuid not null,
  change_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  field text not null,
  was jsonb,
  became jsonb,
  event_kind text not null,
  actor_account_id uuid,
  actor_name text,
  actor_role text not null,
  at timestamptz not null,
  constraint field_change_pk primary key (scope_id, work_order_id, change_id, field),
  constraint field_change_order_fk foreign key (scope_id, work_order_id)
    references work_orders.work_order (scope_id, work_order_id)
);

-- Words to find an order by: a posting per pair of characters, as a number. Under row-level security only an equality
-- uses an index. Filled by the worker from orders not yet marked, whoever wrote them.
create table work_orders.gram (
  scope_id uuid not null,
  gram integer not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  constraint gram_pk primary key (scope_id, gram, work_order_id),
  constraint gram_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id)
);
alter table work_orders.work_order add column is_indexed boolean not null default false;
create index work_order_unindexed on work_orders.work_order (work_order_id) where not is_indexed;

alter table work_orders.saved_filter enable row level security, force row level security;
create policy saved_filter_app on work_orders.saved_filter for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (owner_account_id is null or owner_account_id = platform.account()))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id)
    and (owner_account_id is null or owner_account_id = platform.account()));

alter table work_orders.list_view enable row level security, force row level security;
create policy list_view_app on work_orders.list_view for all to gongzhi_app
  using (account_id = platform.account() and platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (account_id = platform.account() and platform.staff_reach(scope_id, city_id, street_id, company_id));

alter table work_orders.note enable row level security, force row level security;
create policy note_app on work_orders.note for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

-- Prepared sentences are a company's published manner of speaking: a department reads its company's without being it.
alter table work_orders.answer_template enable row level security, force row level security;
create policy answer_template_app_read on work_orders.answer_template for select to gongzhi_app
  using (current_setting('app.kind', true) in ('scope', 'company', 'street', 'city'));
create policy answer_template_app_add on work_orders.answer_template for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));

alter table work_orders.field_change enable row level security, force row level security;
create policy field_change_app_read on work_orders.field_change for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
-- A resident's own act changes fields too; a neighbour's never does.
create policy field_change_app_add on work_orders.field_change for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, false));
create policy field_change_worker on work_orders.field_change for all to gongzhi_worker using (true) with check (true);

alter table work_orders.gram enable row level security, force row level security;
create policy gram_app on work_orders.gram for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy gram_worker on work_orders.gram for all to gongzhi_worker using (true) with check (true);

grant select, insert, update (name, query, position, version, updated_by, updated_at, removed_at, owner_account_id)
  on work_orders.saved_filter to gongzhi_app;
grant select, insert, update (columns, updated_at) on work_orders.list_view to gongzhi_app;
grant select, insert, update (is_pinned, removed_at, removed_by_name) on work_orders.note to gongzhi_app;
grant select, insert on work_orders.answer_template to gongzhi_app;
grant select, insert on work_orders.field_change to gongzhi_app, gongzhi_worker;
grant select on work_orders.gram to gongzhi_app;
grant select, insert on work_orders.gram to gongzhi_worker;
grant select, insert, update, delete on work_orders.saved_filter, work_orders.list_view, work_orders.note,
  work_orders.answer_template, work_orders.field_change, work_orders.gram to gongzhi_loader;

-- check
select count(*) = 6 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'work_orders'::pg_catalog.regnamespace
  and c.relname in ('saved_filter', 'list_view', 'note', 'answer_template', 'field_change', 'gram')

-- The 12345 hotline. A case belongs to its city's scope, where its number is unique, and comes down from there: the wall
-- names the street, community, compound and company that have been given it, and who was called in to help.
create schema hotline;
grant usage on schema hotline to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- A department's people reach what was given to their company in a compound of theirs, a committee's what was given to its
-- community or lies in it; `joint` are the scopes of units called in.
create function hotline.case_reach(city uuid, street uuid, company uuid, community uuid, compound uuid, joint uuid[])
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'scope' then case coalesce(current_setting('app.region', true), '')
        when '' then coalesce(platform.states_scope(community), false)
        else coalesce(company::text = current_setting('app.region', true) and platform.states_scope(compound), false)
      end or (joint <> '{}' and joint && current_setting('app.scopes', true)::uuid[])
    when 'company' then coalesce(company::text = current_setting('app.region', true), false)
      or current_setting('app.region', true)::uuid = any (joint)
    when 'street' then coalesce(street::text = current_setting('app.region', true), false)
      or current_setting('app.region', true)::uuid = any (joint)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

create table hotline.hotline_case (
  scope_id uuid not null,
  case_id uuid not null,
  city_id uuid not null, street_id uuid, company_id uuid,
  community_id uuid, compound_id uuid,
  joint_ids uuid[] not null default '{}',
  number text not null,
  source text not null,
  source_name text not null,
  urgency text not null,
  topic text not null,
  description text not null,
  place_text text not null,
  -- where it is known to lie, before it was given to anybody there
  place_scope_id uuid,
  is_confidential boolean not null,
  received_at timestamptz not null,
  first_due_at timestamptz not null,
  taken_at timestamptz not null,
  status text not null,
  round smallint not null,
  due_at timestamptz not null,
  late_at timestamptz,
  holder_no smallint not null,
  holder_level text not null,
  holder_unit_id uuid not null,
  holder_name text not null,
  holder_due_at timestamptz not null,
  holder_late_at timestamptz,
  lead_no smallint,
  lead_unit_id uuid,
  lead_name text,
  lead_level text,
  objected_from text,
  objected_by uuid,
  contacted_at timestamptz,
  answered_at timestamptz,
  answer text,
  replied_at timestamptz,
  reply text,
  closed_at timestamptz,
  outcome text,
  hang_reason text,
  hang_review_at timestamptz,
  hang_reminded boolean not null default false,
  extension_count smallint not null default 0,
  callback_count smallint not null default 0,
  exclusion text not null default 'none',
  exclusion_asked_by uuid,
  repeat_of_id uuid,
  next_due_at timestamptz,
  is_open boolean not null,
  version integer not null,
  updated_at timestamptz not null,
  constraint hotline_case_pk primary key (scope_id, case_id),
  constraint hotline_case_number unique (scope_id, number),
  constraint hotline_case_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint hotline_case_repeat_fk foreign key (scope_id, repeat_of_id) references hotline.hotline_case (scope_id, case_id),
  constraint hotline_case_of_city check (city_id = scope_id),
  constraint hotline_case_source check (source in ('webhook', 'file', 'hand')),
  constraint hotline_case_urgency check (urgency in ('danger', 'utility', 'ordinary', 'complex')),
  constraint hotline_case_status check (status in
    ('received', 'signed', 'handling', 'objected', 'hanging', 'answered', 'replied', 'closed')),
  constraint hotline_case_outcome check ((status = 'closed') = (outcome is not null)
    and outcome in ('called_back', 'not_dispatched')),
  -- Nothing goes out to the hotline before somebody spoke with the caller.
  constraint hotline_case_reply check ((replied_at is null) = (reply is null) and (reply is null or contacted_at is not null)),
  constraint hotline_case_hanging check ((status = 'hanging') = (hang_review_at is not null)),
  constraint hotline_case_exclusion check (exclusion in ('none', 'asked', 'approved', 'refused')),
  constraint hotline_case_repeat check (repeat_of_id <> case_id)
);
create index hotline_case_next_due on hotline.hotline_case (next_due_at) where next_due_at is not null;
create index hotline_case_open on hotline.hotline_case (scope_id, holder_due_at) where is_open;
create index hotline_case_received on hotline.hotline_case (scope_id, received_at);
create index hotline_case_by_id on hotline.hotline_case (case_id);

-- Who called: sealed. What is confidential is the street's and the city's only.
create table hotline.caller (
  scope_id uuid not null,
  case_id uuid not null,
  city_id uuid not null, street_id uuid, company_id uuid,
  community_id uuid, compound_id uuid,
  is_confidential boolean not null,
  caller_cipher bytea not null,
  caller_masked text not null,
  phone_index bytea,
  constraint caller_pk primary key (scope_id, case_id),
  constraint caller_case_fk foreign key (scope_id, case_id) references hotline.hotline_case (scope_id, case_id)
);
create index caller_phone on hotline.caller (scope_id, phone_index) where phone_index is not null;

create table hotline.hand (
  scope_id uuid not null,
  case_id uuid not null,
  hand_no smallint not null,
  city_id uuid not null, street_id uuid, company_id uuid,
  community_id uuid, compound_id uuid,
  joint_ids uuid[] not null default '{}',
  level text not null,
  unit_id uuid not null,
  unit_name text not null,
  received_at timestamptz not null,
  due_at timestamptz not null,
  signed_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  late_at timestamptz,
  joint_kind text,
  constraint hand_pk primary key (scope_id, case_id, hand_no),
  constraint hand_case_fk foreign key (scope_id, case_id) references hotline.hotline_case (scope_id, case_id),
  constraint hand_level check (level in ('city', 'district', 'street', 'community', 'company')),
  constraint hand_joint check (joint_kind in ('assist', 'whistle')),
  constraint hand_end check ((ended_at is null) = (end_reason is null))
);

create table hotline.event (
  scope_id uuid not null,
  case_id uuid not null,
  event_id uuid not null,
  city_id uuid not null, street_id uuid, company_id uuid,
  community_id uuid, compound_id uuid,
  joint_ids uuid[] not null default '{}',
  kind text not null,
  actor_account_id uuid,
  actor_name text,
  actor_role text not null,
  params jsonb not null,
  at timestamptz not null,
  constraint event_pk primary key (scope_id, case_id, event_id),
  constraint event_case_fk foreign key (scope_id, case_id) references hotline.hotline_case (scope_id, case_id)
);

-- The work orders behind a case, as their own events told; each lies in its compound's scope.
create table hotline.case_order (
  scope_id uuid not null,
  case_id uuid not null,
  work_order_id uuid not null,
  order_scope_id uuid not null,
  city_id uuid not null, street_id uuid, company_id uuid,
  community_id uuid, compound_id uuid,
  joint_ids uuid[] not null default '{}',
  number text not null,
  opened_at timestamptz not null,
  constraint case_order_pk primary key (scope_id, case_id, work_order_id),
  constraint case_order_case_fk foreign key (scope_id, case_id) references hotline.hotline_case (scope_id, case_id)
);
create index case_order_order on hotline.case_order (order_scope_id, work_order_id);

-- What a caller said when called back, once a round. Who led then and where it lay stay with the answer.
create table hotline.callback (
  scope_id uuid not null,
  case_id uuid not null,
  round smallint not null,
  city_id uuid not null, street_id uuid, company_id uuid,
  community_id uuid, compound_id uuid,
  joint_ids uuid[] not null default '{}',
  unit_id uuid not null,
  unit_name text not null,
  is_valid boolean not null,
  invalid_reason text,
  was_contacted boolean,
  is_solved boolean,
  satisfaction text,
  note text,
  is_excluded boolean not null default false,
  called_at timestamptz not null,
  recorded_by uuid not null,
  recorded_name text not null,
  constraint callback_pk primary key (scope_id, case_id, round),
  constraint callback_case_fk foreign key (scope_id, case_id) references hotline.hotline_case (scope_id, case_id),
  constraint callback_reason check (invalid_reason in ('unreachable', 'wrong_number', 'declined', 'not_the_caller')),
  constraint callback_satisfaction check (satisfaction in ('satisfied', 'basically_satisfied', 'unsatisfied')),
  -- Who was not reached has said nothing.
  constraint callback_said check (case when is_valid then was_contacted is not null and is_solved is not null and invalid_reason is null
    else was_contacted is null and is_solved is null and satisfaction is null and invalid_reason is not null end)
);
create index callback_called on hotline.callback (scope_id, called_at);

create table hotline.exclusion (
  scope_id uuid not null,
  exclusion_id uuid not null,
  case_id uuid not null,
  city_id uuid not null, street_id uuid, company_id uuid,
  community_id uuid, compound_id uuid,
  joint_ids uuid[] not null default '{}',
  ground text not null,
  reason text not null,
  asked_by uuid not null,
  asked_name text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_name text,
  decided_at timestamptz,
  is_approved boolean,
  decision_reason text,
  constraint exclusion_pk primary key (scope_id, exclusion_id),
  constraint exclusion_case_fk foreign key (scope_id, case_id) references hotline.hotline_case (scope_id, case_id),
  constraint exclusion_second_person check (decided_by <> asked_by),
  constraint exclusion_decided check ((decided_by is null) = (is_approved is null) and (decided_by is null) = (decided_at is null))
);
create unique index exclusion_open on hotline.exclusion (scope_id, case_id) where decided_at is null;

-- A system that sends cases in: its secret signs every request.
create table hotline.client (
  scope_id uuid not null,
  client_id uuid not null,
  city_id uuid not null,
  -- whose hand its cases begin in: the city's or one street's
  unit_id uuid not null,
  name text not null,
  secret_cipher bytea not null,
  made_by uuid not null,
  made_name text not null,
  made_at timestamptz not null,
  revoked_at timestamptz,
  constraint client_pk primary key (scope_id, client_id),
  constraint client_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

-- Signed requests that were answered, while their timestamp may still be sent again.
create table hotline.received_request (
  scope_id uuid not null,
  client_id uuid not null,
  signature bytea not null,
  city_id uuid not null,
  received_at timestamptz not null,
  answer jsonb not null,
  constraint received_request_pk primary key (scope_id, client_id, signature)
);

-- Which column of a hotline's file is which; one by name, a change replaces it.
create table hotline.mapping (
  scope_id uuid not null,
  name text not null,
  city_id uuid, street_id uuid,
  columns jsonb not null,
  saved_name text not null,
  saved_at timestamptz not null,
  constraint mapping_pk primary key (scope_id, name),
  constraint mapping_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

-- Files that were brought in, with what was wrong line by line.
create table hotline.batch (
  scope_id uuid not null,
  batch_id uuid not null,
  city_id uuid, street_id uuid,
  name text not null,
  sha256 bytea not null,
  row_count integer not null,
  taken integer not null,
  known integer not null,
  faults jsonb not null,
  sent_by uuid not null,
  sent_name text not null,
  sent_at timestamptz not null,
  constraint batch_pk primary key (scope_id, batch_id),
  constraint batch_scope_fk foreign key (scope_id) references places.scope (scope_id)
);

alter table hotline.hotline_case enable row level security, force row level security;
create policy hotline_case_app_read on hotline.hotline_case for select to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
create policy hotline_case_app_add on hotline.hotline_case for insert to gongzhi_app
  with check (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
create policy hotline_case_app_change on hotline.hotline_case for update to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids))
  with check (true);
create policy hotline_case_worker on hotline.hotline_case for all to gongzhi_worker using (true) with check (true);

alter table hotline.caller enable row level security, force row level security;
create policy caller_app_read on hotline.caller for select to gongzhi_app
  using (case when is_confidential and current_setting('app.kind', true) not in ('street', 'city') then false
    else hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, '{}') end);
create policy caller_app_add on hotline.caller for insert to gongzhi_app
  with check (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, '{}'));
create policy caller_app_change on hotline.caller for update to gongzhi_app
  using (case when is_confidential and current_setting('app.kind', true) not in ('street', 'city') then false
    else hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, '{}') end)
  with check (true);
create policy caller_worker on hotline.caller for all to gongzhi_worker using (true) with check (true);

alter table hotline.hand enable row level security, force row level security;
create policy hand_app_read on hotline.hand for select to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
create policy hand_app_add on hotline.hand for insert to gongzhi_app
  with check (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
create policy hand_app_change on hotline.hand for update to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids))
  with check (true);
create policy hand_worker on hotline.hand for all to gongzhi_worker using (true) with check (true);

alter table hotline.event enable row level security, force row level security;
create policy event_app_read on hotline.event for select to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
create policy event_app_add on hotline.event for insert to gongzhi_app
  with check (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
-- Only the wall moves, with the case.
create policy event_app_change on hotline.event for update to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids))
  with check (true);
create policy event_worker on hotline.event for all to gongzhi_worker using (true) with check (true);

alter table hotline.case_order enable row level security, force row level security;
create policy case_order_app_read on hotline.case_order for select to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
create policy case_order_app_add on hotline.case_order for insert to gongzhi_app
  with check (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
create policy case_order_app_change on hotline.case_order for update to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids))
  with check (true);
create policy case_order_worker on hotline.case_order for all to gongzhi_worker using (true) with check (true);

alter table hotline.callback enable row level security, force row level security;
create policy callback_app_read on hotline.callback for select to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
create policy callback_app_add on hotline.callback for insert to gongzhi_app
  with check (current_setting('app.kind', true) in ('street', 'city')
    and hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
-- Excluded by approval.
create policy callback_app_change on hotline.callback for update to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids))
  with check (true);
create policy callback_worker on hotline.callback for all to gongzhi_worker using (true) with check (true);

alter table hotline.exclusion enable row level security, force row level security;
create policy exclusion_app_read on hotline.exclusion for select to gongzhi_app
  using (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
create policy exclusion_app_add on hotline.exclusion for insert to gongzhi_app
  with check (hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids));
create policy exclusion_app_change on hotline.exclusion for update to gongzhi_app
  using (current_setting('app.kind', true) in ('street', 'city')
    and hotline.case_reach(city_id, street_id, company_id, community_id, compound_id, joint_ids))
  with check (true);
create policy exclusion_worker on hotline.exclusion for all to gongzhi_worker using (true) with check (true);

alter table hotline.client enable row level security, force row level security;
create policy client_app on hotline.client for all to gongzhi_app
  using (current_setting('app.kind', true) = 'city' and city_id::text = current_setting('app.region', true))
  with check (current_setting('app.kind', true) = 'city' and city_id::text = current_setting('app.region', true));

alter table hotline.received_request enable row level security, force row level security;
create policy received_request_app on hotline.received_request for all to gongzhi_app
  using (current_setting('app.kind', true) = 'city' and city_id::text = current_setting('app.region', true))
  with check (current_setting('app.kind', true) = 'city' and city_id::text = current_setting('app.region', true));
create policy received_request_worker on hotline.received_request for all to gongzhi_worker using (true) with check (true);

alter table hotline.mapping enable row level security, force row level security;
create policy mapping_app on hotline.mapping for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, null))
  with check (platform.staff_reach(scope_id, city_id, street_id, null));

alter table hotline.batch enable row level security, force row level security;
create policy batch_app on hotline.batch for all to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, null))
  with check (platform.staff_reach(scope_id, city_id, street_id, null));

grant select, insert, update on hotline.hotline_case, hotline.hand to gongzhi_app, gongzhi_worker;
grant select, insert on hotline.event to gongzhi_app, gongzhi_worker;
grant update (street_id, company_id, community_id, compound_id) on hotline.caller to gongzhi_app;
grant update (street_id, company_id, community_id, compound_id, joint_ids) on hotline.event,
  hotline.case_order, hotline.callback, hotline.exclusion to gongzhi_app;
grant update (company_id) on hotline.event, hotline.caller, hotline.case_order, hotline.callback, hotline.exclusion to gongzhi_worker;
grant select, insert on hotline.caller, hotline.case_order, hotline.callback, hotline.exclusion to gongzhi_app;
grant update (is_excluded) on hotline.callback to gongzhi_app;
grant update (decided_by, decided_name, decided_at, is_approved, decision_reason) on hotline.exclusion to gongzhi_app;
grant select on hotline.caller, hotline.case_order, hotline.callback, hotline.exclusion to gongzhi_worker;
grant select, insert, update (revoked_at) on hotline.client to gongzhi_app;
grant select, insert on hotline.received_request to gongzhi_app;
grant select, delete on hotline.received_request to gongzhi_worker;
grant select, insert, update (columns, saved_name, saved_at) on hotline.mapping to gongzhi_app;
grant select, insert on hotline.batch to gongzhi_app;
grant select, insert, update, delete on all tables in schema hotline to gongzhi_loader;

-- check
select count(*) = 11 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'hotline'::pg_catalog.regnamespace and c.relkind = 'r'

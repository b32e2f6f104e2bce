-- The ground floor. Every tenant row carries its wall: scope_id and the city, street and company that were
-- responsible when it was written (docs/architecture.md, rules 7 and 8).

-- States who acts, for this transaction only. EXECUTE of SET LOCAL instead of set_config(): only the former
-- reaches the shards of a distributed database.
create function platform.act(kind text, account text, membership text, scopes text, region text, households text)
returns void language plpgsql as $$
begin
  execute format(
    'set local app.kind = %L; set local app.account = %L; set local app.membership = %L; set local app.scopes = %L; set local app.region = %L; set local app.households = %L',
    kind, account, membership, scopes, region, households);
end $$;

-- After a transaction a custom setting is '' and not null, and ''::uuid would fail: hence the CASE on the kind,
-- which is '' too then and reaches nothing.
create function platform.account() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('app.account', true), '')::uuid
$$;

-- The policies run once per row, so they look an id up in the list's text instead of parsing the list: twenty rows
-- of a desk with 51 scopes cost 0.02 ms and not 0.4. Ids are 36 characters of fixed form between separators, so
-- finding one as text is finding it in the list. A null id is found nowhere.

-- Staff by scope, company, street or city.
create function platform.staff_reach(scope uuid, city uuid, street uuid, company uuid)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'scope' then strpos(current_setting('app.scopes', true), scope::text) > 0
    when 'company' then company::text = current_setting('app.region', true)
    when 'street' then street::text = current_setting('app.region', true)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

-- Staff, and residents of the scope: buildings, facilities and whatever a compound shows to all its own.
create function platform.common_reach(scope uuid, city uuid, street uuid, company uuid)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'resident' then strpos(current_setting('app.scopes', true), scope::text) > 0
    when 'scope' then strpos(current_setting('app.scopes', true), scope::text) > 0
    when 'company' then company::text = current_setting('app.region', true)
    when 'street' then street::text = current_setting('app.region', true)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

-- Staff, and among residents the household concerned, who reported, or everyone of the scope if it is public.
create function platform.matter_reach(
  scope uuid, city uuid, street uuid, company uuid, household uuid, reporter uuid, is_public boolean)
returns boolean language sql stable parallel safe as $$
  select case current_setting('app.kind', true)
    when 'resident' then strpos(current_setting('app.scopes', true), scope::text) > 0
      and (is_public or strpos(current_setting('app.households', true), household::text) > 0
        or reporter::text = current_setting('app.account', true))
    when 'scope' then strpos(current_setting('app.scopes', true), scope::text) > 0
    when 'company' then company::text = current_setting('app.region', true)
    when 'street' then street::text = current_setting('app.region', true)
    when 'city' then city::text = current_setting('app.region', true)
    else false
  end
$$;

grant usage on schema platform to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- Answers already given, by (account, scope, key), for 7 days.
create table platform.idempotency (
  scope_id uuid not null,
  account_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status smallint not null,
  body text not null,
  created_at timestamptz not null,
  constraint idempotency_pk primary key (scope_id, account_id, key),
  constraint idempotency_key_length check (length(key) between 8 and 200)
);
create index idempotency_created_at on platform.idempotency (created_at);

-- Past facts, written in the transaction that made them true. `xid` orders them safely for a reader that only
-- takes rows below the oldest running transaction: an id alone would let a slow commit slip behind a cursor.
create table platform.outbox (
  scope_id uuid not null,
  event_id uuid not null,
  city_id uuid,
  street_id uuid,
  company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  is_public boolean not null default false,
  is_internal boolean not null default false,
  kind text not null,
  version smallint not null,
  object_id uuid not null,
  payload jsonb not null,
  occurred_at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  constraint outbox_pk primary key (scope_id, event_id)
);
create index outbox_order on platform.outbox (xid, event_id);

create table platform.consumer (
  name text not null constraint consumer_pk primary key,
  last_xid xid8 not null,
  last_event_id uuid not null,
  failures integer not null default 0,
  retry_at timestamptz,
  last_error text
);

-- An event that a consumer could not take in several tries: kept aside, seen on /metrics, and the line goes on.
create table platform.dead_letter (
  scope_id uuid not null,
  consumer text not null,
  event_id uuid not null,
  error text not null,
  at timestamptz not null,
  constraint dead_letter_pk primary key (scope_id, consumer, event_id)
);

-- Dated settings (rule 11): key, scope chain, from-to, value, source.
create table platform.setting (
  scope_id uuid not null,
  key text not null,
  valid_from date not null,
  valid_to date,
  value jsonb not null,
  source text not null,
  constraint setting_pk primary key (scope_id, key, valid_from),
  constraint setting_range check (valid_to is null or valid_to > valid_from)
);

create table platform.audit (
  scope_id uuid not null,
  audit_id uuid not null,
  city_id uuid,
  street_id uuid,
  company_id uuid,
  account_id uuid,
  action text not null,
  object_type text not null,
  object_id uuid,
  detail jsonb not null,
  at timestamptz not null,
  constraint audit_pk primary key (scope_id, audit_id)
);

create table platform.file (
  scope_id uuid not null,
  file_id uuid not null,
  city_id uuid,
  street_id uuid,
  company_id uuid,
  household_id uuid,
  reporter_account_id uuid,
  is_public boolean not null default false,
  is_internal boolean not null default false,
  uploaded_by uuid not null,
  media_type text not null,
  bytes integer not null,
  width integer not null,
  height integer not null,
  sha256 bytea not null,
  created_at timestamptz not null,
  attached_type text,
  attached_id uuid,
  attached_at timestamptz,
  constraint file_pk primary key (scope_id, file_id),
  constraint file_attachment check ((attached_type is null) = (attached_id is null))
);
create index file_attached on platform.file (scope_id, attached_id) where attached_id is not null;
create index file_orphans on platform.file (created_at) where attached_id is null;
-- For the sweep that finds bytes without a row: the store knows ids only.
create index file_by_id on platform.file (file_id);

-- The in-app inbox. An account's messages lie in the scope of the matter they are about.
create table platform.notification (
  scope_id uuid not null,
  notification_id uuid not null,
  account_id uuid not null,
  template text not null,
  params jsonb not null,
  link text,
  created_at timestamptz not null,
  read_at timestamptz,
  constraint notification_pk primary key (scope_id, notification_id)
);
create index notification_account on platform.notification (account_id, notification_id desc);
create index notification_unread on platform.notification (account_id) where read_at is null;

create table platform.delivery (
  scope_id uuid not null,
  delivery_id uuid not null,
  notification_id uuid not null,
  channel text not null,
  state text not null,
  attempts integer not null,
  next_try_at timestamptz,
  last_error text,
  updated_at timestamptz not null,
  constraint delivery_pk primary key (scope_id, delivery_id),
  constraint delivery_once unique (scope_id, notification_id, channel),
  constraint delivery_notification_fk foreign key (scope_id, notification_id)
    references platform.notification (scope_id, notification_id),
  constraint delivery_state check (state in ('waiting', 'sent', 'failed'))
);
create index delivery_due on platform.delivery (next_try_at) where state = 'waiting';

-- Counters for rate limits and lock-outs; they must survive a restart, so they are rows.
create table platform.throttle (
  key_hash bytea not null constraint throttle_pk primary key,
  window_start timestamptz not null,
  count integer not null,
  blocked_until timestamptz
);

create table platform.import_run (
  scope_id uuid not null,
  import_id uuid not null,
  city_id uuid,
  street_id uuid,
  company_id uuid,
  kind text not null,
  source_name text not null,
  source_sha256 bytea not null,
  state text not null,
  rows_total integer,
  rows_done integer not null default 0,
  rows_new integer not null default 0,
  rows_rejected integer not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz,
  constraint import_run_pk primary key (scope_id, import_id),
  constraint import_run_state check (state in ('running', 'done', 'failed'))
);
create table platform.import_row_error (
  scope_id uuid not null,
  import_id uuid not null,
  line integer not null,
  column_name text not null,
  code text not null,
  params jsonb not null,
  constraint import_row_error_pk primary key (scope_id, import_id, line, column_name),
  constraint import_row_error_run_fk foreign key (scope_id, import_id)
    references platform.import_run (scope_id, import_id)
);

alter table platform.idempotency enable row level security, force row level security;
create policy idempotency_app on platform.idempotency for all to gongzhi_app
  using (account_id = platform.account()) with check (account_id = platform.account());
create policy idempotency_worker on platform.idempotency for all to gongzhi_worker using (true) with check (true);
grant select, insert on platform.idempotency to gongzhi_app;
grant select, delete on platform.idempotency to gongzhi_worker;

-- The app writes events and cannot read them back; only the worker reads.
alter table platform.outbox enable row level security, force row level security;
create policy outbox_app on platform.outbox for insert to gongzhi_app
  with check (platform.common_reach(scope_id, city_id, street_id, company_id)
    or (current_setting('app.kind', true) = 'signin' and scope_id = platform.account()));
create policy outbox_worker on platform.outbox for all to gongzhi_worker using (true) with check (true);
grant insert on platform.outbox to gongzhi_app;
grant select, insert, delete on platform.outbox to gongzhi_worker;

alter table platform.consumer enable row level security, force row level security;
create policy consumer_worker on platform.consumer for all to gongzhi_worker using (true) with check (true);
grant select, insert, update on platform.consumer to gongzhi_worker;

alter table platform.dead_letter enable row level security, force row level security;
create policy dead_letter_worker on platform.dead_letter for all to gongzhi_worker using (true) with check (true);
grant select, insert on platform.dead_letter to gongzhi_worker;

-- Settings are published rules: whoever is signed in may read them, nobody writes them through the app yet.
alter table platform.setting enable row level security, force row level security;
create policy setting_app on platform.setting for select to gongzhi_app using (true);
create policy setting_worker on platform.setting for select to gongzhi_worker using (true);
grant select on platform.setting to gongzhi_app, gongzhi_worker;

alter table platform.audit enable row level security, force row level security;
create policy audit_app_read on platform.audit for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) or account_id = platform.account());
create policy audit_app_write on platform.audit for insert to gongzhi_app
  with check (account_id = platform.account()
    or (account_id is null and current_setting('app.kind', true) = 'signin'));
create policy audit_worker on platform.audit for all to gongzhi_worker using (true) with check (true);
grant select, insert on platform.audit to gongzhi_app, gongzhi_worker;

alter table platform.file enable row level security, force row level security;
create policy file_app_read on platform.file for select to gongzhi_app
  using (uploaded_by = platform.account() or (attached_id is not null
    and (not is_internal or current_setting('app.kind', true) <> 'resident')
    and platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, reporter_account_id, is_public)));
create policy file_app_add on platform.file for insert to gongzhi_app
  with check (uploaded_by = platform.account() and platform.common_reach(scope_id, city_id, street_id, company_id));
-- Attached by who uploaded it; hidden from the neighbours by staff.
create policy file_app_change on platform.file for update to gongzhi_app
  using (uploaded_by = platform.account() or platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy file_worker on platform.file for all to gongzhi_worker using (true) with check (true);
grant select, insert,
  update (city_id, street_id, company_id, household_id, reporter_account_id, is_public, is_internal, attached_type, attached_id, attached_at)
  on platform.file to gongzhi_app;
grant select, delete on platform.file to gongzhi_worker;

-- Reading: only one's own. Writing: whoever acts in the scope may tell another account something about it.
alter table platform.notification enable row level security, force row level security;
create policy notification_app_read on platform.notification for select to gongzhi_app
  using (account_id = platform.account());
create policy notification_app_mark on platform.notification for update to gongzhi_app
  using (account_id = platform.account()) with check (account_id = platform.account());
create policy notification_worker on platform.notification for all to gongzhi_worker using (true) with check (true);
grant select on platform.notification to gongzhi_app;
grant update (read_at) on platform.notification to gongzhi_app;
grant select, insert, delete on platform.notification to gongzhi_worker;

alter table platform.delivery enable row level security, force row level security;
create policy delivery_worker on platform.delivery for all to gongzhi_worker using (true) with check (true);
grant select, insert, update, delete on platform.delivery to gongzhi_worker;

alter table platform.throttle enable row level security, force row level security;
create policy throttle_app on platform.throttle for all to gongzhi_app
  using (current_setting('app.kind', true) = 'signin') with check (current_setting('app.kind', true) = 'signin');
create policy throttle_worker on platform.throttle for all to gongzhi_worker using (true) with check (true);
grant select, insert, update, delete on platform.throttle to gongzhi_app;
grant select, delete on platform.throttle to gongzhi_worker;

alter table platform.import_run enable row level security, force row level security;
create policy import_run_app on platform.import_run for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy import_run_worker on platform.import_run for all to gongzhi_worker using (true) with check (true);
grant select on platform.import_run to gongzhi_app;
grant select, insert, update on platform.import_run to gongzhi_worker;

-- Whoever may see the run may see its bad rows; the query joins them by (scope_id, import_id).
alter table platform.import_row_error enable row level security, force row level security;
create policy import_row_error_app on platform.import_row_error for select to gongzhi_app
  using (case current_setting('app.kind', true)
    when 'scope' then strpos(current_setting('app.scopes', true), scope_id::text) > 0
    when 'company' then scope_id::text = current_setting('app.region', true)
    when 'street' then scope_id::text = current_setting('app.region', true)
    when 'city' then scope_id::text = current_setting('app.region', true)
    else false end);
create policy import_row_error_worker on platform.import_row_error for all to gongzhi_worker using (true) with check (true);
grant select on platform.import_row_error to gongzhi_app;
grant select, insert on platform.import_row_error to gongzhi_worker;

grant select, insert, update, delete on all tables in schema platform to gongzhi_loader;
revoke all on platform.migration from gongzhi_loader;

-- check
select count(*) = 12 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c
where c.relnamespace = 'platform'::pg_catalog.regnamespace and c.relkind = 'r' and c.relname <> 'migration'

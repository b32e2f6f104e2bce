-- How people want to be told things beside the inbox, where, and what became of each message.

-- The account's own; account tables are keyed by account (many-machines, rule 8).
create table platform.message_preference (
  account_id uuid not null constraint message_preference_pk primary key,
  -- in the order they are tried; the inbox in the app always comes first and cannot be turned off
  channels text[] not null,
  -- news (nothing to do for the reader) goes to the inbox only when false
  is_news_wanted boolean not null,
  -- minutes of the day at the place; equal: no quiet hours
  quiet_from smallint not null,
  quiet_to smallint not null,
  updated_at timestamptz not null,
  constraint message_preference_quiet check (quiet_from between 0 and 1439 and quiet_to between 0 and 1439)
);

-- Addresses beside the account's phone. Used only once a code that went there has come back.
create table platform.message_address (
  account_id uuid not null,
  channel text not null,
  address_cipher bytea not null,
  address_masked text not null,
  code_hash bytea,
  code_expires_at timestamptz,
  code_attempts smallint not null default 0,
  -- codes of this hour: nobody's mailbox is flooded by somebody typing it
  codes_sent smallint not null default 0,
  codes_since timestamptz,
  verified_at timestamptz,
  updated_at timestamptz not null,
  constraint message_address_pk primary key (account_id, channel),
  constraint message_address_channel check (channel in ('wechat', 'work_chat', 'mail'))
);

-- A delivery begins as 'auto': the sweep turns it into the channels this person wants, now or after the quiet hours.
alter table platform.delivery add column city_id uuid, add column street_id uuid, add column company_id uuid,
  add column account_id uuid, add column template text, add column urgency text, add column object_id uuid,
  -- what is tried when this channel fails, or is not confirmed in time
  add column plan text[] not null default '{}',
  add column is_held boolean not null default false,
  add column recipient_masked text,
  add column provider_reference text,
  add column confirm_by timestamptz,
  add column created_at timestamptz;
alter table platform.delivery drop constraint delivery_state;
-- sent: the provider took it; delivered: it told us so; none: nobody to send it to, or not wanted
alter table platform.delivery add constraint delivery_state
  check (state in ('waiting', 'sent', 'delivered', 'failed', 'none'));
create index delivery_unconfirmed on platform.delivery (confirm_by) where confirm_by is not null;
create index delivery_object on platform.delivery (scope_id, object_id, delivery_id desc) where object_id is not null;
create index delivery_scope on platform.delivery (scope_id, delivery_id desc);

-- What a provider says later, as often as it says it. Written by the route that checks its signature, applied by the
-- worker; the first word about a delivery counts.
create table platform.receipt (
  scope_id uuid not null,
  delivery_id uuid not null,
  outcome text not null,
  provider_reference text,
  received_at timestamptz not null,
  applied_at timestamptz,
  constraint receipt_pk primary key (scope_id, delivery_id, outcome),
  constraint receipt_outcome check (outcome in ('delivered', 'failed'))
);
create index receipt_waiting on platform.receipt (received_at) where applied_at is null;

alter table platform.message_preference enable row level security, force row level security;
create policy message_preference_app on platform.message_preference for all to gongzhi_app
  using (account_id = platform.account()) with check (account_id = platform.account());
create policy message_preference_worker on platform.message_preference for select to gongzhi_worker using (true);
grant select, insert, update on platform.message_preference to gongzhi_app;
grant select on platform.message_preference to gongzhi_worker;

alter table platform.message_address enable row level security, force row level security;
create policy message_address_app on platform.message_address for all to gongzhi_app
  using (account_id = platform.account()) with check (account_id = platform.account());
create policy message_address_worker on platform.message_address for select to gongzhi_worker using (true);
grant select, insert, update, delete on platform.message_address to gongzhi_app;
grant select on platform.message_address to gongzhi_worker;

-- The log: whoever serves the place sees that somebody was told, and by what; never the address.
create policy delivery_app on platform.delivery for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
grant select on platform.delivery to gongzhi_app;

alter table platform.receipt enable row level security, force row level security;
create policy receipt_app on platform.receipt for insert to gongzhi_app
  with check (current_setting('app.kind', true) = 'signin');
create policy receipt_worker on platform.receipt for all to gongzhi_worker using (true) with check (true);
grant insert on platform.receipt to gongzhi_app;
grant select, update, delete on platform.receipt to gongzhi_worker;
grant select, insert, update, delete on platform.message_preference, platform.message_address, platform.receipt
  to gongzhi_loader;

-- check
select count(*) = 3 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'platform'::pg_catalog.regnamespace
  and c.relname in ('message_preference', 'message_address', 'receipt')

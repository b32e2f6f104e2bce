-- Accounts, how they sign in, their sessions and memberships. Account tables are keyed by account (or by the
-- one value that must be unique in the whole city) and have no foreign keys among them: many-machines, rule 8.
create schema identity;
grant usage on schema identity to gongzhi_app, gongzhi_worker, gongzhi_loader;

create table identity.account (
  account_id uuid not null constraint account_pk primary key,
  display_name text not null,
  phone_cipher bytea not null,
  phone_masked text not null,
  locale text not null,
  is_large_type boolean not null default false,
  is_demonstration boolean not null default false,
  created_at timestamptz not null,
  disabled_at timestamptz,
  constraint account_locale check (locale in ('zh-CN', 'en'))
);

-- Production refuses to start while one exists, and must not read every account to know.
create index account_demonstration on identity.account (account_id) where is_demonstration;

-- City-wide: an HMAC under the city's key, so that one phone is one account wherever it signs in.
create table identity.phone_registry (
  phone_index bytea not null constraint phone_registry_pk primary key,
  account_id uuid not null
);

create table identity.password (
  account_id uuid not null constraint password_pk primary key,
  hash text not null,
  changed_at timestamptz not null
);

-- One living code per phone; a new one replaces the old.
create table identity.login_code (
  phone_index bytea not null constraint login_code_pk primary key,
  code_hash bytea not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  attempts smallint not null
);

-- The cookie holds the secret, the table only its SHA-256.
create table identity.session (
  session_hash bytea not null constraint session_pk primary key,
  account_id uuid not null,
  -- the acting membership; its scope too, so that resolving a session asks for everything at once
  scope_id uuid not null,
  membership_id uuid not null,
  csrf_token text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_account on identity.session (account_id);
create index session_expires on identity.session (expires_at);

create table identity.membership (
  scope_id uuid not null,
  membership_id uuid not null,
  account_id uuid not null,
  role text not null,
  starts_on date not null,
  ends_on date,
  constraint membership_pk primary key (scope_id, membership_id),
  constraint membership_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint membership_once unique (scope_id, account_id, role),
  constraint membership_role check (role in
    ('resident', 'worker', 'steward', 'desk', 'manager', 'company', 'social_worker', 'committee', 'street', 'city', 'guard')),
  constraint membership_range check (ends_on is null or ends_on > starts_on)
);
create index membership_account on identity.membership (account_id);

-- "Enter as ..." on the demonstration's sign-in page.
create table identity.persona (
  persona_id text not null constraint persona_pk primary key,
  account_id uuid not null,
  scope_id uuid not null,
  membership_id uuid not null,
  role text not null,
  place_label text not null,
  position smallint not null
);

-- While somebody signs in nobody is known yet: the sign-in queries name the exact key they ask for, and what they change
-- is theirs once they are known.
alter table identity.account enable row level security, force row level security;
create policy account_app_read on identity.account for select to gongzhi_app
  using (current_setting('app.kind', true) = 'signin' or account_id = platform.account());
create policy account_app_change on identity.account for update to gongzhi_app
  using (account_id = platform.account()) with check (account_id = platform.account());
create policy account_worker on identity.account for select to gongzhi_worker using (true);
alter table identity.phone_registry enable row level security, force row level security;
create policy phone_registry_app on identity.phone_registry for all to gongzhi_app
  using (current_setting('app.kind', true) = 'signin') with check (current_setting('app.kind', true) = 'signin');
create policy phone_registry_worker on identity.phone_registry for select to gongzhi_worker using (true);
alter table identity.password enable row level security, force row level security;
create policy password_app_read on identity.password for select to gongzhi_app
  using (current_setting('app.kind', true) = 'signin' or account_id = platform.account());
create policy password_app_add on identity.password for insert to gongzhi_app
  with check (account_id = platform.account());
create policy password_app_change on identity.password for update to gongzhi_app
  using (account_id = platform.account()) with check (account_id = platform.account());
alter table identity.login_code enable row level security, force row level security;
create policy login_code_app on identity.login_code for all to gongzhi_app
  using (current_setting('app.kind', true) = 'signin') with check (current_setting('app.kind', true) = 'signin');
create policy login_code_worker on identity.login_code for all to gongzhi_worker using (true) with check (true);
alter table identity.session enable row level security, force row level security;
create policy session_app_read on identity.session for select to gongzhi_app
  using (current_setting('app.kind', true) = 'signin' or account_id = platform.account());
create policy session_app_add on identity.session for insert to gongzhi_app
  with check (account_id = platform.account());
create policy session_app_change on identity.session for update to gongzhi_app
  using (account_id = platform.account()) with check (account_id = platform.account());
-- Who signs in leaves behind the session the browser came with, whose ever it was.
create policy session_app_end on identity.session for delete to gongzhi_app
  using (current_setting('app.kind', true) = 'signin' or account_id = platform.account());
create policy session_worker on identity.session for all to gongzhi_worker using (true) with check (true);
alter table identity.membership enable row level security, force row level security;
create policy membership_app on identity.membership for select to gongzhi_app
  using (account_id = platform.account()
    or (current_setting('app.kind', true) = 'scope'
      and strpos(current_setting('app.scopes', true), scope_id::text) > 0));
create policy membership_worker on identity.membership for select to gongzhi_worker using (true);

alter table identity.persona enable row level security, force row level security;
create policy persona_app on identity.persona for select to gongzhi_app
  using (current_setting('app.kind', true) = 'signin');

grant select on identity.account, identity.persona to gongzhi_app;
grant update (locale, is_large_type) on identity.account to gongzhi_app;
grant select on identity.phone_registry to gongzhi_app;
grant select, insert, update on identity.password to gongzhi_app;
grant select, insert, update, delete on identity.login_code, identity.session to gongzhi_app;
grant select on identity.membership to gongzhi_app;
grant select on identity.account, identity.phone_registry, identity.membership to gongzhi_worker;
grant select, delete on identity.login_code, identity.session to gongzhi_worker;
grant select, insert, update, delete on all tables in schema identity to gongzhi_loader;

-- check
select count(*) = 7 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'identity'::pg_catalog.regnamespace and c.relkind = 'r'

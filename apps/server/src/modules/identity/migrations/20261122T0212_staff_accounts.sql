-- Staff are taken on and let go from the pages, and prove themselves by a second factor.

-- An account is opened as itself by whoever enters its phone: nobody can write another's.
create policy account_app_add on identity.account for insert to gongzhi_app
  with check (current_setting('app.kind', true) = 'signin' and account_id = platform.account());
grant insert on identity.account, identity.phone_registry to gongzhi_app;

-- Who may give which role is the permission table's; the wall is the scope that the transaction states.
create policy membership_app_add on identity.membership for insert to gongzhi_app
  with check (current_setting('app.kind', true) = 'scope'
    and strpos(current_setting('app.scopes', true), scope_id::text) > 0);
create policy membership_app_change on identity.membership for update to gongzhi_app
  using (current_setting('app.kind', true) = 'scope'
    and strpos(current_setting('app.scopes', true), scope_id::text) > 0)
  with check (current_setting('app.kind', true) = 'scope'
    and strpos(current_setting('app.scopes', true), scope_id::text) > 0);
grant insert, update (role, starts_on, ends_on) on identity.membership to gongzhi_app;

-- RFC 6238. The secret is sealed; confirmed_at null: shown but not yet proved. last_step: a code opens one door once.
create table identity.second_factor (
  account_id uuid not null constraint second_factor_pk primary key,
  secret_cipher bytea,
  confirmed_at timestamptz,
  last_step bigint,
  changed_at timestamptz not null,
  constraint second_factor_has_secret check (confirmed_at is null or secret_cipher is not null)
);
-- Each opens one door once; only a keyed hash is kept.
create table identity.recovery_code (
  account_id uuid not null,
  code_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  constraint recovery_code_pk primary key (account_id, code_hash)
);
-- The first factor was right; for five minutes the second may follow.
create table identity.sign_in_ticket (
  ticket_hash bytea not null constraint sign_in_ticket_pk primary key,
  account_id uuid not null,
  method text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint sign_in_ticket_method check (method in ('code', 'password'))
);
create index sign_in_ticket_expires on identity.sign_in_ticket (expires_at);

alter table identity.second_factor enable row level security, force row level security;
create policy second_factor_app_read on identity.second_factor for select to gongzhi_app
  using (current_setting('app.kind', true) = 'signin' or account_id = platform.account());
create policy second_factor_app_add on identity.second_factor for insert to gongzhi_app
  with check (account_id = platform.account());
create policy second_factor_app_change on identity.second_factor for update to gongzhi_app
  using (account_id = platform.account()) with check (account_id = platform.account());
alter table identity.recovery_code enable row level security, force row level security;
create policy recovery_code_app_read on identity.recovery_code for select to gongzhi_app
  using (account_id = platform.account());
create policy recovery_code_app_add on identity.recovery_code for insert to gongzhi_app
  with check (account_id = platform.account());
create policy recovery_code_app_change on identity.recovery_code for update to gongzhi_app
  using (account_id = platform.account()) with check (account_id = platform.account());
alter table identity.sign_in_ticket enable row level security, force row level security;
create policy sign_in_ticket_app on identity.sign_in_ticket for all to gongzhi_app
  using (current_setting('app.kind', true) = 'signin') with check (current_setting('app.kind', true) = 'signin');
create policy sign_in_ticket_worker on identity.sign_in_ticket for all to gongzhi_worker using (true) with check (true);
grant select, insert, update on identity.second_factor, identity.recovery_code to gongzhi_app;
grant select, insert, update (used_at) on identity.sign_in_ticket to gongzhi_app;
grant select, delete on identity.sign_in_ticket to gongzhi_worker;
grant select, insert, update, delete on identity.second_factor, identity.recovery_code, identity.sign_in_ticket to gongzhi_loader;

-- check
select count(*) = 3 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'identity'::pg_catalog.regnamespace and c.relkind = 'r'
  and c.relname in ('second_factor', 'recovery_code', 'sign_in_ticket')

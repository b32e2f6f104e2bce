-- The till's cash brought to the bank: said by one, signed by another, underway until the bank's list shows it.
create table payments.cash_deposit (
  scope_id uuid not null,
  deposit_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  session_id uuid not null,
  till text not null,
  -- of the company's accounts at the bank; what the bank wrote on the slip
  account text not null,
  slip_no text not null,
  brought_on date not null,
  amount_fen bigint not null,
  state text not null,
  made_by uuid not null,
  made_by_name text not null,
  made_at timestamptz not null,
  signed_by uuid,
  signed_by_name text,
  signed_at timestamptz,
  bank_line_id uuid,
  arrived_fen bigint,
  -- of who acted last: why it differs, what the bank was asked, why it never got there
  note_cipher bytea,
  acted_by uuid,
  acted_by_name text,
  acted_at timestamptz,
  version integer not null,
  constraint cash_deposit_pk primary key (scope_id, deposit_id),
  constraint cash_deposit_session_fk foreign key (scope_id, session_id) references payments.till_session (scope_id, session_id),
  constraint cash_deposit_account check (account ~ '^[a-z0-9][a-z0-9._-]{0,39}$'),
  constraint cash_deposit_amount check (amount_fen > 0),
  constraint cash_deposit_state check (state in ('made', 'declined', 'underway', 'arrived', 'returned')),
  constraint cash_deposit_signed check ((state = 'made') = (signed_by is null)),
  constraint cash_deposit_second_person check (signed_by is null or signed_by <> made_by),
  constraint cash_deposit_arrived check ((state = 'arrived') = (bank_line_id is not null) and (bank_line_id is null) = (arrived_fen is null))
);
-- One slip is one deposit.
create unique index cash_deposit_slip on payments.cash_deposit (scope_id, account, slip_no) where state not in ('declined', 'returned');
create index cash_deposit_scope on payments.cash_deposit (scope_id, deposit_id desc);
create index cash_deposit_session on payments.cash_deposit (scope_id, session_id);
create index cash_deposit_underway on payments.cash_deposit (company_id, deposit_id) where state = 'underway';

alter table payments.cash_deposit enable row level security, force row level security;
create policy cash_deposit_app_read on payments.cash_deposit for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy cash_deposit_app_add on payments.cash_deposit for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy cash_deposit_app_change on payments.cash_deposit for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy cash_deposit_worker on payments.cash_deposit for select to gongzhi_worker using (true);
grant select, insert on payments.cash_deposit to gongzhi_app;
grant update (state, signed_by, signed_by_name, signed_at, bank_line_id, arrived_fen, note_cipher, acted_by, acted_by_name, acted_at, version)
  on payments.cash_deposit to gongzhi_app;
grant select on payments.cash_deposit to gongzhi_worker;
grant select, insert, update, delete on payments.cash_deposit to gongzhi_loader;

-- A line of the bank's list is one thing: days that a provider paid out, a deposit, or somebody's transfer.
alter table payments.bank_line add column deposit_id uuid, add column payment_id uuid;
alter table payments.bank_line add constraint bank_line_one_thing check (num_nonnulls(run_id, deposit_id, payment_id) <= 1);
grant update (deposit_id, payment_id) on payments.bank_line to gongzhi_app;
create index bank_line_unused on payments.bank_line (scope_id, line_id desc)
  where run_id is null and deposit_id is null and payment_id is null;

-- What is on its way to the bank is an account of its own (`cash:transit`), and no till's.
alter table payments.till_session add constraint till_session_no_transit check (till <> 'transit');

-- What a till gave back in a day.
create index step_till on payments.step (scope_id, (detail ->> 'tillSessionId')) where state = 'refund_done';

-- check
select count(*) = 3 from pg_catalog.pg_class c
where c.relnamespace = 'payments'::pg_catalog.regnamespace and c.relname in ('cash_deposit', 'bank_line_unused', 'step_till')

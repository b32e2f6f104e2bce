-- Money that comes in and goes back: what was ordered at a provider and what became of it, refunds, the till, what the
-- providers' and the bank's files say, and receipts. What it moved stands in the ledger; what it closed, in billing.
create schema payments;
grant usage on schema payments to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- One payment. At a provider it is called by its id without dashes.
create table payments.payment (
  scope_id uuid not null,
  payment_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  household_label text not null,
  -- who pays; at the till, who took it
  account_id uuid,
  account_name text not null,
  way text not null,
  channel text,
  merchant_id text,
  amount_fen bigint not null,
  description text not null,
  state text not null,
  -- of the provider, or of the card's slip
  transaction_id text,
  created_at timestamptz not null,
  expires_at timestamptz,
  paid_at timestamptz,
  booked_on date,
  next_query_at timestamptz,
  queries integer not null default 0,
  -- what the provider says where it is something else than was ordered
  told_fen bigint,
  told_currency text,
  -- given back, or on its way back
  refunded_fen bigint not null default 0,
  till_session_id uuid,
  version integer not null,
  constraint payment_pk primary key (scope_id, payment_id),
  constraint payment_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id),
  constraint payment_way check (way in ('wechat', 'alipay', 'cash', 'card', 'balance')),
  constraint payment_channel check (channel in ('jsapi', 'h5', 'native')),
  constraint payment_online check ((way in ('wechat', 'alipay')) = (merchant_id is not null)),
  constraint payment_state check (state in ('created', 'pending', 'paid', 'closed', 'failed', 'disputed')),
  constraint payment_amount check (amount_fen > 0 and amount_fen <= 9007199254740991),
  constraint payment_paid check ((state = 'paid') = (paid_at is not null) and (paid_at is null) = (booked_on is null)),
  constraint payment_refunded check (refunded_fen between 0 and amount_fen)
);
-- A transaction of a provider is counted once, whatever it is said to be for.
create unique index payment_transaction on payments.payment (scope_id, way, transaction_id) where transaction_id is not null and way in ('wechat', 'alipay');
create index payment_household on payments.payment (scope_id, household_id, payment_id desc);
create index payment_scope on payments.payment (scope_id, payment_id desc);
create index payment_paid_at on payments.payment (company_id, merchant_id, paid_at) where state = 'paid';
create index payment_query on payments.payment (next_query_at) where next_query_at is not null;
create index payment_company on payments.payment (company_id, payment_id desc);
create index payment_till on payments.payment (scope_id, till_session_id) where till_session_id is not null;

-- What it is for, part by part.
create table payments.target (
  scope_id uuid not null,
  payment_id uuid not null,
  position integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  kind text not null,
  target_id uuid,
  label text not null,
  amount_fen bigint not null,
  -- went where it was meant to, and what no longer fitted and became the household's balance
  settled_fen bigint not null default 0,
  balance_fen bigint not null default 0,
  refunded_fen bigint not null default 0,
  constraint target_pk primary key (scope_id, payment_id, position),
  constraint target_payment_fk foreign key (scope_id, payment_id) references payments.payment (scope_id, payment_id),
  constraint target_kind check (kind in ('bill_line', 'prepay', 'meter_topup')),
  constraint target_named check ((kind in ('bill_line', 'meter_topup')) = (target_id is not null)),
  constraint target_amount check (amount_fen > 0 and settled_fen >= 0 and balance_fen >= 0 and settled_fen + balance_fen <= amount_fen
    and refunded_fen between 0 and settled_fen + balance_fen)
);
create index target_line on payments.target (scope_id, target_id) where target_id is not null;

-- How it came to where it is; added to only.
create table payments.step (
  scope_id uuid not null,
  step_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  payment_id uuid not null,
  refund_id uuid,
  state text not null,
  source text not null,
  detail jsonb not null,
  by_name text,
  at timestamptz not null,
  constraint step_pk primary key (scope_id, step_id),
  constraint step_payment_fk foreign key (scope_id, payment_id) references payments.payment (scope_id, payment_id),
  constraint step_source check (source in ('payer', 'order', 'notice', 'query', 'desk', 'file', 'itself'))
);
create index step_payment on payments.step (scope_id, payment_id, step_id);

-- Money back the way it came: asked for by one, allowed by another.
create table payments.refund (
  scope_id uuid not null,
  refund_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  household_label text not null,
  payment_id uuid not null,
  way text not null,
  amount_fen bigint not null,
  -- [{"position": 0, "amountFen": 100, "balanceFen": 0}]: of each target, and how much of it out of the balance
  parts jsonb not null,
  reason text not null,
  note_cipher bytea,
  state text not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  provider_refund_id text,
  next_try_at timestamptz,
  tries integer not null default 0,
  done_at timestamptz,
  fault text,
  version integer not null,
  constraint refund_pk primary key (scope_id, refund_id),
  constraint refund_payment_fk foreign key (scope_id, payment_id) references payments.payment (scope_id, payment_id),
  constraint refund_amount check (amount_fen > 0),
  constraint refund_reason check (reason in ('paid_twice', 'wrong_amount', 'not_provided', 'moved_out', 'other')),
  constraint refund_state check (state in ('asked', 'declined', 'sending', 'processing', 'done', 'failed')),
  constraint refund_decided check ((state = 'asked') = (decided_by is null)),
  constraint refund_second_person check (decided_by is null or decided_by <> asked_by),
  constraint refund_done check ((state = 'done') = (done_at is not null))
);
create index refund_scope on payments.refund (scope_id, refund_id desc);
create index refund_payment on payments.refund (scope_id, payment_id);
create index refund_next on payments.refund (next_try_at) where next_try_at is not null;
create index refund_done_at on payments.refund (company_id, done_at) where state = 'done';
create index refund_company on payments.refund (company_id, refund_id desc);

-- A household's standing word: what is due goes off its balance by itself.
create table payments.deduction (
  scope_id uuid not null,
  household_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  is_on boolean not null,
  set_by uuid not null,
  set_at timestamptz not null,
  -- when its bills are looked at next
  next_at timestamptz,
  version integer not null,
  constraint deduction_pk primary key (scope_id, household_id),
  constraint deduction_household_fk foreign key (scope_id, household_id) references places.household (scope_id, household_id)
);

create index deduction_next on payments.deduction (next_at) where is_on and next_at is not null;

-- A tax invoice somebody asked for, answered by the company with its number.
create table payments.invoice_request (
  scope_id uuid not null,
  request_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid not null,
  household_label text not null,
  account_id uuid not null,
  payment_id uuid not null,
  amount_fen bigint not null,
  title_cipher bytea not null,
  tax_no_cipher bytea,
  mail_cipher bytea,
  state text not null,
  asked_at timestamptz not null,
  invoice_no text,
  link text,
  refusal text,
  answered_by uuid,
  answered_by_name text,
  answered_at timestamptz,
  version integer not null,
  constraint invoice_request_pk primary key (scope_id, request_id),
  constraint invoice_request_payment_fk foreign key (scope_id, payment_id) references payments.payment (scope_id, payment_id),
  constraint invoice_request_state check (state in ('asked', 'issued', 'refused')),
  constraint invoice_request_answered check ((state = 'asked') = (answered_by is null) and (state = 'issued') = (invoice_no is not null)
    and (state = 'refused') = (refusal is not null))
);
create unique index invoice_request_once on payments.invoice_request (scope_id, payment_id) where state <> 'refused';
create index invoice_request_scope on payments.invoice_request (scope_id, request_id desc);


-- A home's own, and of whoever collects it: a street and a city see neither payer nor payment.
alter table payments.payment enable row level security, force row level security;
create policy payment_app_read on payments.payment for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, account_id, false, payment_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy payment_app_add on payments.payment for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, account_id, false, payment_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy payment_app_change on payments.payment for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy payment_worker on payments.payment for select to gongzhi_worker using (true);
create policy payment_worker_add on payments.payment for insert to gongzhi_worker with check (true);
create policy payment_worker_change on payments.payment for update to gongzhi_worker using (true) with check (true);

alter table payments.target enable row level security, force row level security;
create policy target_app_read on payments.target for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, payment_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy target_app_add on payments.target for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, payment_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy target_app_change on payments.target for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy target_worker on payments.target for select to gongzhi_worker using (true);
create policy target_worker_add on payments.target for insert to gongzhi_worker with check (true);
create policy target_worker_change on payments.target for update to gongzhi_worker using (true) with check (true);

alter table payments.step enable row level security, force row level security;
create policy step_app_read on payments.step for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, payment_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy step_app_add on payments.step for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, payment_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy step_worker on payments.step for select to gongzhi_worker using (true);
create policy step_worker_add on payments.step for insert to gongzhi_worker with check (true);

alter table payments.refund enable row level security, force row level security;
create policy refund_app_read on payments.refund for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, refund_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy refund_app_add on payments.refund for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy refund_app_change on payments.refund for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy refund_worker on payments.refund for select to gongzhi_worker using (true);
create policy refund_worker_change on payments.refund for update to gongzhi_worker using (true) with check (true);

alter table payments.deduction enable row level security, force row level security;
create policy deduction_app_read on payments.deduction for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy deduction_app_add on payments.deduction for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy deduction_app_change on payments.deduction for update to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy deduction_worker on payments.deduction for select to gongzhi_worker using (true);
create policy deduction_worker_change on payments.deduction for update to gongzhi_worker using (true) with check (true);

alter table payments.invoice_request enable row level security, force row level security;
create policy invoice_request_app_read on payments.invoice_request for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, account_id, false, request_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy invoice_request_app_add on payments.invoice_request for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, account_id, false, request_id)
    and current_setting('app.kind', true) in ('scope', 'company', 'resident'));
create policy invoice_request_app_change on payments.invoice_request for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy invoice_request_worker on payments.invoice_request for select to gongzhi_worker using (true);

grant select, insert on payments.payment, payments.target, payments.step, payments.refund, payments.deduction, payments.invoice_request to gongzhi_app;
grant update (state, channel, transaction_id, paid_at, next_query_at, queries, told_fen, told_currency, refunded_fen, booked_on, till_session_id, version)
  on payments.payment to gongzhi_app, gongzhi_worker;
grant update (settled_fen, balance_fen, refunded_fen) on payments.target to gongzhi_app, gongzhi_worker;
grant update (state, decided_by, decided_by_name, decided_at, provider_refund_id, next_try_at, tries, done_at, fault, version)
  on payments.refund to gongzhi_app, gongzhi_worker;
grant update (is_on, set_by, set_at, next_at, version) on payments.deduction to gongzhi_app;
grant update (next_at) on payments.deduction to gongzhi_worker;
grant update (state, invoice_no, link, refusal, answered_by, answered_by_name, answered_at, version) on payments.invoice_request to gongzhi_app;
grant select on payments.payment, payments.target, payments.step, payments.refund, payments.deduction, payments.invoice_request to gongzhi_worker;
grant insert on payments.payment, payments.target, payments.step to gongzhi_worker;
grant select, insert, update, delete on all tables in schema payments to gongzhi_loader;

-- check
select count(*) = 6 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'payments'::pg_catalog.regnamespace and c.relkind = 'r'

-- The till, and the providers' and the bank's files held against what is here.
-- A till from its opening to its second signature.
create table payments.till_session (
  scope_id uuid not null,
  session_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  till text not null,
  state text not null,
  opening_fen bigint not null,
  opened_by uuid not null,
  opened_by_name text not null,
  opened_at timestamptz not null,
  expected_fen bigint,
  counted_fen bigint,
  difference_fen bigint,
  note_cipher bytea,
  closed_by uuid,
  closed_by_name text,
  closed_at timestamptz,
  signed_by uuid,
  signed_by_name text,
  signed_at timestamptz,
  version integer not null,
  constraint till_session_pk primary key (scope_id, session_id),
  constraint till_session_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint till_session_name check (till ~ '^[a-z0-9][a-z0-9._-]{0,19}$'),
  constraint till_session_state check (state in ('open', 'counted', 'signed')),
  constraint till_session_counted check ((state = 'open') = (counted_fen is null) and (counted_fen is null) = (closed_by is null)),
  constraint till_session_difference check (difference_fen = counted_fen - expected_fen),
  constraint till_session_second_person check ((state = 'signed') = (signed_by is not null) and (signed_by is null or signed_by <> closed_by)),
  constraint till_session_opening check (opening_fen >= 0)
);
create unique index till_session_open on payments.till_session (scope_id, till) where state = 'open';
create index till_session_scope on payments.till_session (scope_id, session_id desc);

-- A merchant's day held against the provider's file. Of the company, for a merchant serves many compounds.
create table payments.reconciliation (
  scope_id uuid not null,
  run_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  way text not null,
  merchant_id text not null,
  day date not null,
  state text not null,
  matched integer not null,
  differing integer not null,
  in_fen bigint not null,
  out_fen bigint not null,
  fee_fen bigint not null,
  made_by uuid not null,
  made_by_name text not null,
  made_at timestamptz not null,
  bank_line_id uuid,
  settled_at timestamptz,
  version integer not null,
  constraint reconciliation_pk primary key (scope_id, run_id),
  constraint reconciliation_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint reconciliation_way check (way in ('wechat', 'alipay')),
  constraint reconciliation_state check (state in ('open', 'settled', 'replaced')),
  constraint reconciliation_settled check ((state = 'settled') = (settled_at is not null))
);

-- A day may be held against the file again, until the bank has paid it out.
create unique index reconciliation_day on payments.reconciliation (scope_id, way, merchant_id, day) where state <> 'replaced';

-- What of it is which compound's: money lies in the compounds' books.
create table payments.reconciliation_share (
  scope_id uuid not null,
  run_id uuid not null,
  compound_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  in_fen bigint not null,
  out_fen bigint not null,
  fee_fen bigint not null,
  settled_at timestamptz,
  constraint reconciliation_share_pk primary key (scope_id, run_id, compound_id),
  constraint reconciliation_share_run_fk foreign key (scope_id, run_id) references payments.reconciliation (scope_id, run_id)
);

-- What does not agree, until somebody has seen to it.
create table payments.reconciliation_item (
  scope_id uuid not null,
  item_id uuid not null,
  run_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  verdict text not null,
  kind text not null,
  compound_id uuid,
  payment_id uuid,
  refund_id uuid,
  trade_no text not null,
  transaction_id text,
  ours_fen bigint,
  theirs_fen bigint,
  action text,
  acted_by uuid,
  acted_by_name text,
  acted_at timestamptz,
  constraint reconciliation_item_pk primary key (scope_id, item_id),
  constraint reconciliation_item_run_fk foreign key (scope_id, run_id) references payments.reconciliation (scope_id, run_id),
  constraint reconciliation_item_verdict check (verdict in ('missing_here', 'missing_there', 'differs')),
  constraint reconciliation_item_kind check (kind in ('payment', 'refund')),
  constraint reconciliation_item_action check (action in ('asked_again', 'noted')),
  constraint reconciliation_item_acted check ((action is null) = (acted_by is null))
);
create index reconciliation_item_run on payments.reconciliation_item (scope_id, run_id, item_id);

-- Money that came on the company's account, from the bank's file; what is said with it may name people.
create table payments.bank_line (
  scope_id uuid not null,
  line_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  account text not null,
  day date not null,
  amount_fen bigint not null,
  text_cipher bytea not null,
  -- the same line of the same file, however often it is brought in
  line_key bytea not null,
  brought_by_name text not null,
  brought_at timestamptz not null,
  run_id uuid,
  constraint bank_line_pk primary key (scope_id, line_id),
  constraint bank_line_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint bank_line_once unique (scope_id, line_key),
  constraint bank_line_account check (account ~ '^[a-z0-9][a-z0-9._-]{0,39}$')
);
create index bank_line_open on payments.bank_line (scope_id, line_id desc);


alter table payments.till_session enable row level security, force row level security;
create policy till_session_app_read on payments.till_session for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy till_session_app_add on payments.till_session for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy till_session_app_change on payments.till_session for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy till_session_worker on payments.till_session for select to gongzhi_worker using (true);

alter table payments.reconciliation enable row level security, force row level security;
create policy reconciliation_app_read on payments.reconciliation for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy reconciliation_app_add on payments.reconciliation for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy reconciliation_app_change on payments.reconciliation for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy reconciliation_worker on payments.reconciliation for select to gongzhi_worker using (true);

alter table payments.reconciliation_share enable row level security, force row level security;
create policy reconciliation_share_app_read on payments.reconciliation_share for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy reconciliation_share_app_add on payments.reconciliation_share for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy reconciliation_share_app_change on payments.reconciliation_share for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy reconciliation_share_worker on payments.reconciliation_share for select to gongzhi_worker using (true);

alter table payments.reconciliation_item enable row level security, force row level security;
create policy reconciliation_item_app_read on payments.reconciliation_item for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy reconciliation_item_app_add on payments.reconciliation_item for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy reconciliation_item_app_change on payments.reconciliation_item for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy reconciliation_item_worker on payments.reconciliation_item for select to gongzhi_worker using (true);

alter table payments.bank_line enable row level security, force row level security;
create policy bank_line_app_read on payments.bank_line for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy bank_line_app_add on payments.bank_line for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy bank_line_app_change on payments.bank_line for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and current_setting('app.kind', true) in ('scope', 'company'));
create policy bank_line_worker on payments.bank_line for select to gongzhi_worker using (true);

grant select, insert on payments.till_session, payments.reconciliation, payments.reconciliation_share, payments.reconciliation_item,
  payments.bank_line to gongzhi_app;
grant update (state, expected_fen, counted_fen, difference_fen, note_cipher, closed_by, closed_by_name, closed_at, signed_by, signed_by_name, signed_at, version)
  on payments.till_session to gongzhi_app;
grant update (state, settled_at, bank_line_id, version) on payments.reconciliation to gongzhi_app;
grant update (settled_at) on payments.reconciliation_share to gongzhi_app;
grant update (action, acted_by, acted_by_name, acted_at) on payments.reconciliation_item to gongzhi_app;
grant update (run_id) on payments.bank_line to gongzhi_app;
grant select on payments.till_session, payments.reconciliation, payments.reconciliation_share, payments.reconciliation_item, payments.bank_line
  to gongzhi_worker;
grant select, insert, update, delete on all tables in schema payments to gongzhi_loader;

-- check
select count(*) = 11 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'payments'::pg_catalog.regnamespace and c.relkind = 'r'

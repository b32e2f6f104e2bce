-- Double entry, to the fen. A posting moves an amount from one account to another, so that every book balances by
-- construction; it is written once and never changed: what was wrong is reversed.
create schema ledger;
grant usage on schema ledger to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- What one company keeps in one compound. A compound that changes its company goes on with another book; the
-- predecessor's stays the predecessor's. `book_id` is the company's, or the compound's own where nobody serves it.
create table ledger.book (
  scope_id uuid not null,
  book_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  opened_at timestamptz not null,
  -- the last day of the last closed month: nothing is booked on it or before it any more
  closed_to date,
  -- what was recorded by transactions below this one is sealed (ledger.block)
  sealed_to xid8 not null default '0',
  blocks integer not null default 0,
  head bytea,
  sealed_at timestamptz,
  constraint book_pk primary key (scope_id, book_id),
  constraint book_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint book_head check ((blocks = 0) = (head is null))
);

-- No foreign key to the book: five hundred payments a second would lock its one row; the insert joins it instead.
create table ledger.posting (
  scope_id uuid not null,
  posting_id uuid not null,
  book_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  -- who names it thus a second time means this posting
  key text not null,
  -- an account, and whose it is where it is somebody's: a household's, a party's, a meter's
  debit text not null,
  debit_of uuid,
  credit text not null,
  credit_of uuid,
  amount_fen bigint not null,
  -- the place's own day
  booked_on date not null,
  -- the same instant as in posting_id
  recorded_at timestamptz not null,
  source_kind text not null,
  source_id uuid not null,
  reverses uuid,
  recorded_by uuid,
  -- orders postings safely for whoever seals: only what lies below the oldest running transaction is complete
  xid xid8 not null default pg_current_xact_id(),
  constraint posting_pk primary key (scope_id, posting_id),
  constraint posting_once unique (scope_id, key),
  constraint posting_reverses_fk foreign key (scope_id, reverses) references ledger.posting (scope_id, posting_id),
  constraint posting_amount check (amount_fen > 0 and amount_fen <= 9007199254740991),
  constraint posting_key_form check (key ~ '^[!-~]{1,120}$'),
  constraint posting_source check (source_kind ~ '^[a-z_]+\.[a-z_]+$'),
  constraint posting_sides check (debit <> credit or debit_of <> credit_of),
  constraint posting_debit check (debit ~ '^([a-z]+:[a-z0-9][a-z0-9._-]{0,39}|surcharge|suspense)$'
    and (debit_of is not null) = (debit ~ '^(household|party|meter):')),
  constraint posting_credit check (credit ~ '^([a-z]+:[a-z0-9][a-z0-9._-]{0,39}|surcharge|suspense)$'
    and (credit_of is not null) = (credit ~ '^(household|party|meter):'))
);
create unique index posting_reverses on ledger.posting (scope_id, reverses) where reverses is not null;
create index posting_debit_day on ledger.posting (scope_id, book_id, debit, debit_of, booked_on, posting_id);
create index posting_credit_day on ledger.posting (scope_id, book_id, credit, credit_of, booked_on, posting_id);
create index posting_unsealed on ledger.posting (scope_id, xid);
create index posting_source_id on ledger.posting (scope_id, source_id);

-- What somebody's account holds now, on its own side (a receivable owed, a balance prepaid): moved in the transaction
-- of the posting. Its row is what two payments of one household wait at; accounts of the house have none.
create table ledger.balance (
  scope_id uuid not null,
  book_id uuid not null,
  owner_id uuid not null,
  account text not null,
  city_id uuid, street_id uuid, company_id uuid,
  household_id uuid,
  balance_fen bigint not null,
  moved_at timestamptz not null,
  constraint balance_pk primary key (scope_id, book_id, owner_id, account)
);
create index balance_open on ledger.balance (scope_id, book_id, account, balance_fen) where balance_fen <> 0;

-- What was sealed together: every posting of the book recorded by a transaction from from_xid to below to_xid. The
-- digest covers them and the digest before it.
create table ledger.block (
  scope_id uuid not null,
  book_id uuid not null,
  block_no integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  from_xid xid8 not null,
  to_xid xid8 not null,
  postings bigint not null,
  amount_fen bigint not null,
  digest bytea not null,
  sealed_at timestamptz not null,
  constraint block_pk primary key (scope_id, book_id, block_no)
);

-- What is sealed, added up by account and day, so that a balance at any instant is a short sum. Somebody's accounts are
-- added up under their account's name: `household:receivable` is what all households owe.
create table ledger.account_day (
  scope_id uuid not null,
  book_id uuid not null,
  account text not null,
  booked_on date not null,
  -- by UTC: it only serves the look back to an instant
  recorded_on date not null,
  city_id uuid, street_id uuid, company_id uuid,
  debit_fen bigint not null,
  credit_fen bigint not null,
  postings bigint not null,
  constraint account_day_pk primary key (scope_id, book_id, account, booked_on, recorded_on)
);

create table ledger.period (
  scope_id uuid not null,
  book_id uuid not null,
  -- the first day of the month
  month date not null,
  city_id uuid, street_id uuid, company_id uuid,
  state text not null,
  asked_at timestamptz not null,
  asked_by uuid not null,
  asked_by_name text not null,
  closed_at timestamptz,
  postings bigint,
  turnover_fen bigint,
  -- the chain as it stood when everything of the month was sealed
  block_no integer,
  digest bytea,
  constraint period_pk primary key (scope_id, book_id, month),
  constraint period_month check (extract(day from month) = 1),
  constraint period_state check (state in ('closing', 'closed') and (state = 'closed') = (closed_at is not null))
);

create table ledger.verification (
  scope_id uuid not null,
  verification_id uuid not null,
  book_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  at timestamptz not null,
  by uuid,
  by_name text,
  blocks integer not null,
  postings bigint not null,
  -- the first block that is not what was sealed
  broken_block integer,
  -- whether the sums by day, and everybody's balance, are what the postings say
  are_days_right boolean not null,
  are_balances_right boolean not null,
  head bytea,
  constraint verification_pk primary key (scope_id, verification_id)
);
create index verification_book on ledger.verification (scope_id, book_id, at desc);

-- What is sealed of a posting: all of it. The key stands last, for it is the one free text.
create function ledger.posting_digest(p ledger.posting) returns bytea language sql stable parallel safe as $$
  select sha256(convert_to(concat_ws('|', p.posting_id, p.book_id, coalesce(p.company_id::text, '-'), coalesce(p.household_id::text, '-'),
    p.debit, coalesce(p.debit_of::text, '-'), p.credit, coalesce(p.credit_of::text, '-'), p.amount_fen, to_char(p.booked_on, 'YYYY-MM-DD'),
    extract(epoch from p.recorded_at), p.source_kind, p.source_id, coalesce(p.reverses::text, '-'), coalesce(p.recorded_by::text, '-'), p.key), 'UTF8'))
$$;
create function ledger.block_digest(before bytea, block_no integer, postings bigint, amount_fen bigint, digests bytea)
returns bytea language sql stable parallel safe as $$
  select sha256(coalesce(before, '') || convert_to(concat_ws('|', block_no, postings, amount_fen, ''), 'UTF8') || sha256(digests))
$$;

alter table ledger.book enable row level security, force row level security;
create policy book_app_read on ledger.book for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy book_app_add on ledger.book for insert to gongzhi_app
  with check (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy book_app_close on ledger.book for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy book_worker on ledger.book for all to gongzhi_worker using (true) with check (true);
grant select, insert, update (closed_to) on ledger.book to gongzhi_app;
grant select, insert, update (closed_to, sealed_to, blocks, head, sealed_at) on ledger.book to gongzhi_worker;

-- A household pays from what it has prepaid, and sees its own.
alter table ledger.posting enable row level security, force row level security;
create policy posting_app_read on ledger.posting for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, posting_id));
create policy posting_app_add on ledger.posting for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false, posting_id));
create policy posting_worker_read on ledger.posting for select to gongzhi_worker using (true);
create policy posting_worker_add on ledger.posting for insert to gongzhi_worker with check (true);
grant select, insert on ledger.posting to gongzhi_app, gongzhi_worker;

alter table ledger.balance enable row level security, force row level security;
create policy balance_app_read on ledger.balance for select to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false));
create policy balance_app_add on ledger.balance for insert to gongzhi_app
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false));
create policy balance_app_move on ledger.balance for update to gongzhi_app
  using (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false))
  with check (platform.matter_reach(scope_id, city_id, street_id, company_id, household_id, null, false));
create policy balance_worker on ledger.balance for all to gongzhi_worker using (true) with check (true);
grant select, insert, update (balance_fen, moved_at, household_id) on ledger.balance to gongzhi_app, gongzhi_worker;

alter table ledger.block enable row level security, force row level security;
create policy block_app_read on ledger.block for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy block_worker_read on ledger.block for select to gongzhi_worker using (true);
create policy block_worker_add on ledger.block for insert to gongzhi_worker with check (true);
grant select on ledger.block to gongzhi_app;
grant select, insert on ledger.block to gongzhi_worker;

alter table ledger.account_day enable row level security, force row level security;
create policy account_day_app_read on ledger.account_day for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy account_day_worker on ledger.account_day for all to gongzhi_worker using (true) with check (true);
grant select on ledger.account_day to gongzhi_app;
grant select, insert, update (debit_fen, credit_fen, postings) on ledger.account_day to gongzhi_worker;

alter table ledger.period enable row level security, force row level security;
create policy period_app_read on ledger.period for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy period_app_add on ledger.period for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and state = 'closing');
create policy period_worker on ledger.period for all to gongzhi_worker using (true) with check (true);
grant select, insert on ledger.period to gongzhi_app;
grant select, update (state, closed_at, postings, turnover_fen, block_no, digest) on ledger.period to gongzhi_worker;

alter table ledger.verification enable row level security, force row level security;
create policy verification_app_read on ledger.verification for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy verification_app_add on ledger.verification for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and by = platform.account());
create policy verification_worker_read on ledger.verification for select to gongzhi_worker using (true);
create policy verification_worker_add on ledger.verification for insert to gongzhi_worker with check (true);
grant select, insert on ledger.verification to gongzhi_app, gongzhi_worker;

grant select, insert, update, delete on all tables in schema ledger to gongzhi_loader;

-- check
select count(*) = 7 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'ledger'::pg_catalog.regnamespace and c.relkind = 'r'

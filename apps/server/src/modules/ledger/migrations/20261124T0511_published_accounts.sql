-- What comes in from a compound's common parts and goes out of them, and what moves in the maintenance fund: entered by the
-- company with its papers, published to the owners for a period, and corrected by another version only.
create table ledger.entry (
  scope_id uuid not null,
  entry_id uuid not null,
  book_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  section text not null,
  item text not null,
  amount_fen bigint not null,
  -- the day it belongs to; what is entered after its month was closed is booked in the open one
  occurred_on date not null,
  booked_on date not null,
  note text,
  posting_id uuid not null,
  entered_at timestamptz not null,
  entered_by uuid not null,
  entered_by_name text not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_by_name text,
  withdrawn_reason text,
  constraint entry_pk primary key (scope_id, entry_id),
  constraint entry_posting_fk foreign key (scope_id, posting_id) references ledger.posting (scope_id, posting_id),
  constraint entry_section check (section in ('common_income', 'common_expense', 'fund_in', 'fund_out')),
  constraint entry_amount check (amount_fen > 0),
  constraint entry_withdrawn check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create index entry_day on ledger.entry (scope_id, book_id, occurred_on desc, entry_id desc);

create table ledger.publication (
  scope_id uuid not null,
  publication_id uuid not null,
  book_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  from_month date not null,
  to_month date not null,
  version integer not null,
  -- why there is another version
  reason text,
  note text,
  -- as it was published: {opening, closing, lines}
  figures jsonb not null,
  published_at timestamptz not null,
  published_by uuid not null,
  published_by_name text not null,
  -- the chain as the owners were shown it
  block_no integer not null,
  head bytea,
  constraint publication_pk primary key (scope_id, publication_id),
  constraint publication_version unique (scope_id, book_id, from_month, to_month, version),
  constraint publication_months check (extract(day from from_month) = 1 and extract(day from to_month) = 1 and from_month <= to_month),
  constraint publication_reason check ((version > 1) = (reason is not null))
);

alter table ledger.entry enable row level security, force row level security;
create policy entry_app_read on ledger.entry for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy entry_app_add on ledger.entry for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and withdrawn_at is null);
-- Withdrawn once, and never otherwise changed.
create policy entry_app_withdraw on ledger.entry for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id) and withdrawn_at is null)
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id) and withdrawn_at is not null);
create policy entry_worker on ledger.entry for select to gongzhi_worker using (true);
grant select, insert, update (withdrawn_at, withdrawn_by, withdrawn_by_name, withdrawn_reason) on ledger.entry to gongzhi_app;
grant select on ledger.entry to gongzhi_worker;

-- Whoever lives there reads what was published.
alter table ledger.publication enable row level security, force row level security;
create policy publication_app_read on ledger.publication for select to gongzhi_app
  using (platform.common_reach(scope_id, city_id, street_id, company_id));
create policy publication_app_add on ledger.publication for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy publication_worker on ledger.publication for select to gongzhi_worker using (true);
grant select, insert on ledger.publication to gongzhi_app;
grant select on ledger.publication to gongzhi_worker;
grant select, insert, update, delete on ledger.entry, ledger.publication to gongzhi_loader;

-- check
select count(*) = 9 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'ledger'::pg_catalog.regnamespace and c.relkind = 'r'

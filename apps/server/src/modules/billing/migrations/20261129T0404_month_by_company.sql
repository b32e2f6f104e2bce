-- A month in which the company changed is two sums: what each of them billed is its own to see. A book is a company's, or the
-- scope's where nobody serves it, as in the ledger.
alter table billing.month_total drop constraint month_total_pk;
alter table billing.month_total add column book_id uuid;

-- What was added up together is counted anew. The owner is held by the wall and would see none of it.
alter table billing.month_total no force row level security;
alter table billing.bill_line no force row level security;
with counted as (
  delete from billing.month_total returning scope_id, period, city_id, street_id, counted_at
)
insert into billing.month_total (scope_id, period, book_id, city_id, street_id, company_id, households, billed_fen, settled_fen, open_fen, counted_at)
select c.scope_id, c.period, coalesce(l.company_id, c.scope_id), c.city_id, c.street_id, l.company_id, count(distinct l.household_id)::integer,
  sum(l.amount_fen), sum(l.settled_fen), sum(greatest(l.amount_fen, 0) - l.settled_fen), c.counted_at
from counted c join billing.bill_line l on l.scope_id = c.scope_id and l.period = c.period and l.voided_at is null
group by c.scope_id, c.period, c.city_id, c.street_id, l.company_id, c.counted_at;
alter table billing.month_total force row level security;
alter table billing.bill_line force row level security;

alter table billing.month_total alter column book_id set not null;
alter table billing.month_total add constraint month_total_pk primary key (scope_id, period, book_id);
alter table billing.month_total add constraint month_total_book check (book_id = coalesce(company_id, scope_id));

-- check
select (select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity) from pg_catalog.pg_class c
    where c.oid in ('billing.month_total'::pg_catalog.regclass, 'billing.bill_line'::pg_catalog.regclass))
  and (select cardinality(k.conkey) = 3 from pg_catalog.pg_constraint k
    where k.conrelid = 'billing.month_total'::pg_catalog.regclass and k.conname = 'month_total_pk')

-- A run asks where the last bill of each meter ended: the newest metered line of a home is found without the others.
create index bill_line_metered on billing.bill_line (scope_id, item, household_id, period desc, line_id desc)
  where voided_at is null and jsonb_typeof(basis -> 'readings') = 'array';

-- check
select count(*) = 1 from pg_indexes where schemaname = 'billing' and indexname = 'bill_line_metered'

-- Whether a month's sums are behind what was paid, and since when: they are counted anew some seconds later, once for all of it.
alter table billing.month_total add column stale_since timestamptz;
create index month_total_stale on billing.month_total (stale_since) where stale_since is not null;

-- check
select count(*) = 1 from pg_catalog.pg_indexes where schemaname = 'billing' and indexname = 'month_total_stale'

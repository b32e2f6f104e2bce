-- An emergency's message waits for no other: it is looked for by itself.
create index delivery_emergency on platform.delivery (next_try_at) where state = 'waiting' and urgency = 'emergency';

-- check
select exists (select from pg_catalog.pg_indexes where schemaname = 'platform' and indexname = 'delivery_emergency')

-- A kept answer may hold what lies nowhere else in plain (a slip's token, a sealed note): it is sealed from now on.
-- Answers kept before stay readable until the sweep takes them after seven days, so that a retry finds its answer.
alter table platform.idempotency
  add column body_cipher bytea,
  alter column body drop not null,
  add constraint idempotency_body check (num_nonnulls(body, body_cipher) = 1);

-- check
select count(*) = 1 from pg_catalog.pg_attribute
where attrelid = 'platform.idempotency'::regclass and attname = 'body_cipher' and not attisdropped

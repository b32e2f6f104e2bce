-- How a batch of passages travels to its table: what is short as records, what is bytes as bytes, in one piece beside them.
create type access.new_passage as (
  scope_id uuid,
  gate_id uuid,
  seq bigint,
  passage_id uuid,
  city_id uuid,
  street_id uuid,
  company_id uuid,
  device_id uuid,
  account_id uuid,
  happened_at timestamptz,
  direction text,
  outcome text,
  urgent text,
  decided_by text,
  latency_us integer,
  policy_ids uuid[],
  policy_versions integer[],
  override_of uuid,
  way text,
  pass_kind text,
  pass_id uuid,
  household_id uuid,
  -- where its bytes begin, counted from one: 16 of who_salt, 32 of who_digest, 32 of digest, 32 of why_digest, 16 of why_salt, why_cipher
  bytes_at integer,
  -- false: it had no reasons
  has_why boolean,
  -- null: its reasons are destroyed, or there were none
  why_length integer
);

-- check
select count(*) = 25 from pg_catalog.pg_attribute where attrelid = 'access.new_passage'::pg_catalog.regclass

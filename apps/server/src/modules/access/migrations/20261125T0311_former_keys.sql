-- A phone that was registered again names the device it was: by a proof made with that one's key, which outlives the key's
-- right to enter. Sealed: whoever reads the database proves nothing with it.
alter table access.gate_device add column proof_key_cipher bytea;

-- check
select count(*) = 1 from pg_catalog.pg_attribute a
where a.attrelid = 'access.gate_device'::pg_catalog.regclass and a.attname = 'proof_key_cipher' and not a.attnotnull

-- Where a device stood before it was moved: what it decided there without a network belongs to that gate.
-- [{gateId, until}], the earliest first.
alter table access.gate_device add column former_gates jsonb not null default '[]';

-- check
select count(*) = 1 from pg_catalog.pg_attribute a
where a.attrelid = 'access.gate_device'::pg_catalog.regclass and a.attname = 'former_gates' and a.attnotnull

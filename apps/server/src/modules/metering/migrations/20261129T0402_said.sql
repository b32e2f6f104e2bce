-- Whether a meter can have heard of a purchase: an attempt on a line that was down told it nothing.
alter table metering.command add column said_at timestamptz;

-- What was tried before today may have been said. The owner is held by the wall and would see none of it.
alter table metering.command no force row level security;
update metering.command set said_at = sent_at where attempts > 0;
alter table metering.command force row level security;

-- check
select c.relrowsecurity and c.relforcerowsecurity from pg_catalog.pg_class c where c.oid = 'metering.command'::pg_catalog.regclass

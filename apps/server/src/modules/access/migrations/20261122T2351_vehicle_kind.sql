-- What sort of vehicle a pass is for: who holds a space of the car park, and what it costs.
alter table access.pass add column vehicle_kind text;
alter table access.pass add constraint pass_vehicle_kind check (vehicle_kind in ('resident', 'monthly', 'visitor', 'temporary'));
alter table access.pass add constraint pass_vehicle check (vehicle_kind is null or kind = 'vehicle');
-- One of a kind for an account in a home, whoever asks twice at the same moment.
create unique index pass_own_standing on access.pass (scope_id, account_id, household_id, kind)
  where kind in ('resident', 'family', 'tenant') and status <> 'revoked' and valid_to is null;
-- check
select count(*) = 2 from pg_catalog.pg_constraint where conname in ('pass_vehicle_kind', 'pass_vehicle')

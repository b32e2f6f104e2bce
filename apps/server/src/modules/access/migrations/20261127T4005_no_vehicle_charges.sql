-- What a vehicle's pass costs is told to billing (vehicle_charge.raised) and stands on the bill: nothing ever read this.
drop table access.vehicle_charge;

-- check
select pg_catalog.to_regclass('access.vehicle_charge') is null

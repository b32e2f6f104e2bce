-- What a vehicle's pass costs is told to billing (vehicle_charge.raised) and stands on the bill: nothing ever read this.
-- But what was raised for no home is on no bill, and stands nowhere else: where there is such a row, the table stays as it
-- is, with a word of why, until somebody has seen to it. Nothing writes it any more.
-- The wall hides its rows from the owner, too.
alter table access.vehicle_charge no force row level security;
do $$
begin
  if exists (select from access.vehicle_charge where household_id is null and amount_fen > 0) then
    alter table access.vehicle_charge force row level security;
    revoke insert on access.vehicle_charge from gongzhi_app;
    comment on table access.vehicle_charge is 'Rows without household_id were never billed. Nothing else reads this table.';
  else
    drop table access.vehicle_charge;
  end if;
end
$$;

-- check
select pg_catalog.to_regclass('access.vehicle_charge') is null
  or pg_catalog.obj_description(pg_catalog.to_regclass('access.vehicle_charge')::oid, 'pg_class') is not null

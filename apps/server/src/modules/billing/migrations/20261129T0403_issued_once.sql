-- A month has one day on which its bills go out, and one day on which they are due, however long past midnight it is posted: the
-- day of the first piece.
alter table billing.run add column issued_on date;
update billing.run r set issued_on = (
  select min(b.issued_on) from billing.bill b where b.scope_id = r.scope_id and b.run_id = r.run_id)
where r.posted_up_to is not null;

-- check
select count(*) = 0 from billing.run where posted_up_to is not null and issued_on is null

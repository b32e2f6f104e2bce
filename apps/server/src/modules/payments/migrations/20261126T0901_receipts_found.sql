-- A receipt's number says the day on which its payment was booked; which may be long after it was ordered.
create index payment_booked on payments.payment (scope_id, booked_on) where booked_on is not null;

-- check
select count(*) = 1 from pg_catalog.pg_class c
where c.relnamespace = 'payments'::pg_catalog.regnamespace and c.relkind = 'i' and c.relname = 'payment_booked'

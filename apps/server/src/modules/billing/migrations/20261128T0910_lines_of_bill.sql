-- Nobody asks for the lines of one bill: a home's lines are asked for by its home, a month's by its month, and a bill is
-- never deleted. Each line of a month's run was written into this index too.
drop index billing.bill_line_bill;

-- check
select pg_catalog.to_regclass('billing.bill_line_bill') is null

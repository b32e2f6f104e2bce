-- Whether a meter can have heard of a purchase: an attempt on a line that was down told it nothing.
alter table metering.command add column said_at timestamptz;
-- What was tried before today may have been said.
update metering.command set said_at = sent_at where attempts > 0;

-- check
select count(*) = 0 from metering.command where attempts > 0 and said_at is distinct from sent_at

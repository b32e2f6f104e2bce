-- A letter that waits is printed with others as one batch: who did it and when stands with it, and what it said, so that
-- it can be printed again as it was. One that was paid before it was printed, or that a later one says too, is let go.
alter table billing.reminder
  add column batch_id uuid,
  add column printed_on date,
  add column printed_by uuid,
  add column printed_by_name text,
  add column printed jsonb,
  add column lapsed_at timestamptz,
  add constraint reminder_printed check ((printed_at is null) = (batch_id is null) and (printed_at is null) = (printed_on is null)
    and (printed_at is null) = (printed_by is null) and (printed_at is null) = (printed is null)),
  add constraint reminder_lapsed check (lapsed_at is null or printed_at is null);
drop index billing.reminder_letters;
create index reminder_letters on billing.reminder (scope_id, reminder_id) where way = 'letter' and printed_at is null and lapsed_at is null;
create index reminder_batch on billing.reminder (scope_id, batch_id, reminder_id) where batch_id is not null;
grant update (batch_id, printed_on, printed_by, printed_by_name, printed, lapsed_at) on billing.reminder to gongzhi_app;

-- check
select count(*) = 6 from information_schema.columns c
where c.table_schema = 'billing' and c.table_name = 'reminder'
  and c.column_name in ('batch_id', 'printed_on', 'printed_by', 'printed_by_name', 'printed', 'lapsed_at')

-- About what has ended somebody may still be to be called, and only then has it a deadline. Lists by what presses most have those
-- few by an index of their own and all else that ended by ids; an order is written into it when it ends so, and taken out
-- when the call is due.
create index work_order_ended_due on work_orders.work_order (scope_id, next_due_at, work_order_id desc) where not is_open and next_due_at is not null;

-- check
select count(*) = 1 from pg_catalog.pg_indexes i where i.schemaname = 'work_orders' and i.indexname = 'work_order_ended_due'

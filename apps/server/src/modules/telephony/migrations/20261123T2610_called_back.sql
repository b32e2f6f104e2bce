-- One call back, told of twice: by the telephone, and by who made it. Whichever comes first waits for the other here.
alter table telephony.task add column tried_call_id uuid;
alter table telephony.task add column said_at timestamptz;
-- How often they had rung when somebody took it on: who rang since is not done with by that attempt.
alter table telephony.task add column claimed_missed integer;
create index task_tried on telephony.task (claimed_until) where tried_call_id is not null and done_at is null;
grant update (tried_call_id, said_at, claimed_missed) on telephony.task to gongzhi_app;

-- check
select count(*) = 3 from pg_catalog.pg_attribute a
where a.attrelid = 'telephony.task'::pg_catalog.regclass and a.attname in ('tried_call_id', 'said_at', 'claimed_missed')

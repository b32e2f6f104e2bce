-- Who is asked to take an order, and who hears of it when nobody does. One task an order; a round of asking each time it
-- waits for somebody anew; nobody is asked twice in one round.
create table dispatch.task (
  scope_id uuid not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  mode text not null,
  is_emergency boolean not null,
  round integer not null,
  state text not null,
  next_due_at timestamptz,
  -- the chain of alerts: the stretch in which nobody has it, and the step that comes next
  watch_round integer not null,
  watch_since timestamptz,
  watch_step integer not null,
  watch_due_at timestamptz,
  held_until timestamptz,
  held_by uuid,
  held_by_name text,
  updated_at timestamptz not null,
  constraint task_pk primary key (scope_id, work_order_id),
  constraint task_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint task_mode check (mode in ('by_hand', 'in_turn', 'grab', 'automatic')),
  constraint task_state check (state in ('waiting', 'offered', 'exhausted', 'by_hand', 'closed'))
);
create index task_due on dispatch.task (next_due_at) where next_due_at is not null;
create index task_watch_due on dispatch.task (watch_due_at) where watch_due_at is not null;

create table dispatch.offer (
  scope_id uuid not null,
  work_order_id uuid not null,
  round integer not null,
  account_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  state text not null,
  travel_minutes real,
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  reason text,
  constraint offer_pk primary key (scope_id, work_order_id, round, account_id),
  constraint offer_task_fk foreign key (scope_id, work_order_id) references dispatch.task (scope_id, work_order_id),
  constraint offer_state check (state in ('open', 'accepted', 'declined', 'expired', 'withdrawn'))
);
create index offer_open on dispatch.offer (account_id) where state = 'open';

-- Who was told that nobody has it; never altered.
create table dispatch.alert (
  scope_id uuid not null,
  work_order_id uuid not null,
  watch_round integer not null,
  step integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  role text not null,
  after_minutes integer not null,
  account_ids uuid[] not null,
  at timestamptz not null,
  constraint alert_pk primary key (scope_id, work_order_id, watch_round, step),
  constraint alert_task_fk foreign key (scope_id, work_order_id) references dispatch.task (scope_id, work_order_id)
);

alter table dispatch.task enable row level security, force row level security;
create policy task_app_read on dispatch.task for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy task_app_change on dispatch.task for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy task_worker on dispatch.task for all to gongzhi_worker using (true) with check (true);

alter table dispatch.offer enable row level security, force row level security;
create policy offer_app_read on dispatch.offer for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy offer_app_change on dispatch.offer for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy offer_worker on dispatch.offer for all to gongzhi_worker using (true) with check (true);

alter table dispatch.alert enable row level security, force row level security;
create policy alert_app_read on dispatch.alert for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy alert_worker on dispatch.alert for all to gongzhi_worker using (true) with check (true);

grant select, update (state, next_due_at, held_until, held_by, held_by_name, watch_due_at, updated_at) on dispatch.task to gongzhi_app;
grant select, update (state, answered_at, reason) on dispatch.offer to gongzhi_app;
grant select on dispatch.alert to gongzhi_app;
grant select, insert, update on dispatch.task, dispatch.offer to gongzhi_worker;
grant select, insert on dispatch.alert to gongzhi_worker;
grant select, insert, update, delete on dispatch.task, dispatch.offer, dispatch.alert to gongzhi_loader;

-- check
select count(*) = 3 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.relnamespace = 'dispatch'::pg_catalog.regnamespace and c.relname in ('task', 'offer', 'alert')

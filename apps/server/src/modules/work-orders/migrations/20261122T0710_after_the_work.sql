-- What comes after the work: three-way ratings and the answer to them, disputes counted, orders that are told in
-- another one, reports that were several things, and the calls that are made.
alter table work_orders.work_order
  add column callback_reason text,
  add column rating_speed text,
  add column rating_manner text,
  add column rating_quality text,
  add column rating_reply text,
  add column rating_reply_at timestamptz,
  add column dispute_count smallint not null default 0,
  add column dispute_reason text,
  add column duplicate_of_id uuid,
  add column parent_id uuid,
  add column part_count smallint not null default 0;

alter table work_orders.work_order drop constraint work_order_status;
alter table work_orders.work_order add constraint work_order_status check (status in ('submitted', 'triaged', 'assigned',
  'accepted', 'departed', 'arrived', 'in_progress', 'paused', 'finished', 'disputed', 'split', 'confirmed', 'closed', 'cancelled'));
alter table work_orders.work_order drop constraint work_order_outcome;
alter table work_orders.work_order add constraint work_order_outcome check (outcome in ('confirmed', 'unconfirmed', 'forced',
  'referred', 'cancelled', 'duplicate', 'split', 'imported'));
alter table work_orders.work_order add constraint work_order_callback_reason check (callback_reason in ('unanswered', 'all',
  'sample', 'unsatisfied', 'emergency'));
alter table work_orders.work_order add constraint work_order_aspects check (
  coalesce(rating_speed, 'satisfied') in ('satisfied', 'basically_satisfied', 'unsatisfied')
  and coalesce(rating_manner, 'satisfied') in ('satisfied', 'basically_satisfied', 'unsatisfied')
  and coalesce(rating_quality, 'satisfied') in ('satisfied', 'basically_satisfied', 'unsatisfied')
  and (rating is not null or (rating_speed is null and rating_manner is null and rating_quality is null and rating_reply is null)));
-- An order is not told in itself, nor a part of itself, nor a part that has parts.
alter table work_orders.work_order add constraint work_order_duplicate check (
  (duplicate_of_id is not null) = (outcome is not distinct from 'duplicate') and duplicate_of_id <> work_order_id);
alter table work_orders.work_order add constraint work_order_family check (
  part_count >= 0 and parent_id <> work_order_id and (parent_id is null or part_count = 0)
  and ((status = 'split' or outcome is not distinct from 'split') = (part_count > 0)));
alter table work_orders.work_order add constraint work_order_parent_fk foreign key (scope_id, parent_id)
  references work_orders.work_order (scope_id, work_order_id);
alter table work_orders.work_order add constraint work_order_duplicate_fk foreign key (scope_id, duplicate_of_id)
  references work_orders.work_order (scope_id, work_order_id);
create index work_order_parts on work_orders.work_order (scope_id, parent_id) where parent_id is not null;
create index work_order_duplicates on work_orders.work_order (scope_id, duplicate_of_id) where duplicate_of_id is not null;
-- Whom the desk ought to call; a matter that is closed may still be called about.
create index work_order_callback on work_orders.work_order (scope_id, callback_wanted_at) where callback_wanted_at is not null;

alter table work_orders.step
  add column visit smallint not null default 1,
  add column work_done text;

alter table work_orders.link add column removed_at timestamptz;
alter table work_orders.link drop constraint link_kind;
alter table work_orders.link add constraint link_kind check (kind in ('duplicate_of', 'duplicated_by', 'relates_to',
  'part_of', 'has_part', 'follows', 'followed_by'));
grant update (removed_at, created_at) on work_orders.link to gongzhi_app;

-- One call that is being made or was made. Open, it is one caller's until the lease ends; so nobody is called by two.
create table work_orders.callback (
  scope_id uuid not null,
  callback_id uuid not null,
  work_order_id uuid not null,
  city_id uuid, street_id uuid, company_id uuid,
  reason text not null,
  due_at timestamptz not null,
  claimed_by uuid not null,
  claimed_name text not null,
  claimed_until timestamptz not null,
  attempts smallint not null,
  result text,
  was_contacted boolean,
  score text,
  speed text,
  manner text,
  quality text,
  script_version integer,
  answers jsonb not null default '{}',
  ended_at timestamptz,
  constraint callback_pk primary key (scope_id, callback_id),
  constraint callback_order_fk foreign key (scope_id, work_order_id) references work_orders.work_order (scope_id, work_order_id),
  constraint callback_reason check (reason in ('unanswered', 'all', 'sample', 'unsatisfied', 'emergency')),
  constraint callback_result check (result in ('satisfied_done', 'not_done', 'unreachable')),
  constraint callback_score check (score in ('satisfied', 'basically_satisfied', 'unsatisfied')),
  -- Nobody reached has said nothing: neither contact nor satisfaction comes out of a call in vain.
  constraint callback_valid check ((ended_at is null) = (result is null)
    and (result = 'satisfied_done' or score is null) and (result <> 'unreachable' or was_contacted is null))
);
create unique index callback_open on work_orders.callback (scope_id, work_order_id) where ended_at is null;
create index callback_order on work_orders.callback (scope_id, work_order_id, callback_id);
create index callback_made on work_orders.callback (scope_id, ended_at) where ended_at is not null;

-- What callers ask beside the three questions of every call. A change is a new version; what was asked stays known.
create table work_orders.callback_script (
  scope_id uuid not null,
  version integer not null,
  city_id uuid, street_id uuid, company_id uuid,
  questions jsonb not null,
  written_by uuid not null,
  written_name text not null,
  written_at timestamptz not null,
  constraint callback_script_pk primary key (scope_id, version),
  constraint callback_script_scope_fk foreign key (scope_id) references places.scope (scope_id),
  constraint callback_script_version check (version > 0)
);

alter table work_orders.callback enable row level security, force row level security;
create policy callback_app_read on work_orders.callback for select to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy callback_app_add on work_orders.callback for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy callback_app_change on work_orders.callback for update to gongzhi_app
  using (platform.staff_reach(scope_id, city_id, street_id, company_id))
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy callback_worker on work_orders.callback for select to gongzhi_worker using (true);

-- A company's or a street's script is read by the desks below it: a published rule, like a setting.
alter table work_orders.callback_script enable row level security, force row level security;
create policy callback_script_app_read on work_orders.callback_script for select to gongzhi_app using (true);
create policy callback_script_app_add on work_orders.callback_script for insert to gongzhi_app
  with check (platform.staff_reach(scope_id, city_id, street_id, company_id));
create policy callback_script_worker on work_orders.callback_script for select to gongzhi_worker using (true);

grant select, insert, update on work_orders.callback to gongzhi_app;
grant select on work_orders.callback, work_orders.callback_script to gongzhi_worker;
grant select, insert on work_orders.callback_script to gongzhi_app;
grant select, insert, update, delete on work_orders.callback, work_orders.callback_script to gongzhi_loader;

-- check
select count(*) = 2 and bool_and(c.relrowsecurity and c.relforcerowsecurity)
from pg_catalog.pg_class c where c.oid in ('work_orders.callback'::pg_catalog.regclass, 'work_orders.callback_script'::pg_catalog.regclass)

-- The official account's conversation: what was answered, what lies behind a link, who has left. Written by nobody in
-- particular (the signature says that it comes from WeChat), so nothing here has a scope; all of it is short-lived.
create schema wechat;
grant usage on schema wechat to gongzhi_app, gongzhi_worker, gongzhi_loader;

-- A signed pair of time and nonce is good for one body. In plain mode the signature does not cover the body.
create table wechat.request (
  request_hash bytea not null constraint request_pk primary key,
  body_hash bytea not null,
  received_at timestamptz not null
);
create index request_received on wechat.request (received_at);

-- WeChat repeats what is not answered in time: the same message gets the same answer, and nothing happens twice.
create table wechat.message (
  message_hash bytea not null constraint message_pk primary key,
  answer_cipher bytea not null,
  received_at timestamptz not null
);
create index message_received on wechat.message (received_at);

-- What an answer's link stands for: the sender's open id, or the sender's words. Sealed, and the first account's to open.
create table wechat.answer_link (
  link_hash bytea not null constraint answer_link_pk primary key,
  kind text not null,
  sender_index bytea not null,
  content_cipher bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  taken_by uuid,
  taken_at timestamptz,
  constraint answer_link_kind check (kind in ('bind', 'words')),
  constraint answer_link_taken check ((taken_by is null) = (taken_at is null))
);
create index answer_link_expires on wechat.answer_link (expires_at);
create index answer_link_sender on wechat.answer_link (sender_index);

-- Who no longer follows; the worker takes the addresses away.
create table wechat.departure (
  sender_index bytea not null constraint departure_pk primary key,
  left_at timestamptz not null
);

alter table wechat.request enable row level security, force row level security;
create policy request_app_read on wechat.request for select to gongzhi_app
  using (current_setting('app.kind', true) = 'signin');
create policy request_app_add on wechat.request for insert to gongzhi_app
  with check (current_setting('app.kind', true) = 'signin');
create policy request_worker on wechat.request for all to gongzhi_worker using (true) with check (true);
grant select, insert on wechat.request to gongzhi_app;
grant select, update, delete on wechat.request to gongzhi_worker;

alter table wechat.message enable row level security, force row level security;
create policy message_app_read on wechat.message for select to gongzhi_app
  using (current_setting('app.kind', true) = 'signin');
create policy message_app_add on wechat.message for insert to gongzhi_app
  with check (current_setting('app.kind', true) = 'signin');
create policy message_worker on wechat.message for all to gongzhi_worker using (true) with check (true);
grant select, insert on wechat.message to gongzhi_app;
grant select, update, delete on wechat.message to gongzhi_worker;

alter table wechat.answer_link enable row level security, force row level security;
create policy answer_link_app_read on wechat.answer_link for select to gongzhi_app
  using (current_setting('app.kind', true) = 'signin');
create policy answer_link_app_add on wechat.answer_link for insert to gongzhi_app
  with check (current_setting('app.kind', true) = 'signin');
create policy answer_link_app_take on wechat.answer_link for update to gongzhi_app
  using (current_setting('app.kind', true) = 'signin') with check (current_setting('app.kind', true) = 'signin');
create policy answer_link_worker on wechat.answer_link for all to gongzhi_worker using (true) with check (true);
grant select, insert, update (expires_at, taken_by, taken_at) on wechat.answer_link to gongzhi_app;
grant select, update, delete on wechat.answer_link to gongzhi_worker;

alter table wechat.departure enable row level security, force row level security;
create policy departure_app_read on wechat.departure for select to gongzhi_app
  using (current_setting('app.kind', true) = 'signin');
create policy departure_app_add on wechat.departure for insert to gongzhi_app
  with check (current_setting('app.kind', true) = 'signin');
create policy departure_app_again on wechat.departure for update to gongzhi_app
  using (current_setting('app.kind', true) = 'signin') with check (current_setting('app.kind', true) = 'signin');
create policy departure_worker on wechat.departure for all to gongzhi_worker using (true) with check (true);
grant select, insert, update (left_at) on wechat.departure to gongzhi_app;
grant select, update, delete on wechat.departure to gongzhi_worker;

grant select, insert, update, delete on all tables in schema wechat to gongzhi_loader;

-- check
select count(*) = 4 and bool_and(c.relrowsecurity and c.relforcerowsecurity) from pg_catalog.pg_class c
where c.relnamespace = 'wechat'::pg_catalog.regnamespace and c.relkind = 'r'

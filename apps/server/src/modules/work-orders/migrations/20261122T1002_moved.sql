-- A matter may be moved to another company's compound: closed here, reopened there, linked both ways. Stands behind the
-- other changes of these two lists, and holds all their words.
alter table work_orders.link drop constraint link_kind;
alter table work_orders.link add constraint link_kind check (kind in ('duplicate_of', 'duplicated_by', 'relates_to',
  'part_of', 'has_part', 'follows', 'followed_by', 'moved_to', 'moved_from'));
alter table work_orders.work_order drop constraint work_order_outcome;
alter table work_orders.work_order add constraint work_order_outcome check (outcome in ('confirmed', 'unconfirmed', 'forced',
  'referred', 'cancelled', 'duplicate', 'split', 'imported', 'moved'));

-- check
select count(*) = 2 from pg_catalog.pg_constraint
where conname in ('link_kind', 'work_order_outcome') and pg_catalog.pg_get_constraintdef(oid) like '%moved%'

-- Whose address this is, asked the other way round: a WeChat account that stops following is known by its open id only,
-- and the addresses lie sealed. A keyed hash; null for channels nobody asks about, and for what was entered before.
alter table platform.message_address add column address_index bytea;
create index message_address_index on platform.message_address (address_index) where address_index is not null;

-- check
select count(*) = 1 from pg_catalog.pg_attribute
where attrelid = 'platform.message_address'::pg_catalog.regclass and attname = 'address_index' and not attisdropped

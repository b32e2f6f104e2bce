-- A voice note has neither width nor height.
alter table platform.file alter column width drop not null;
alter table platform.file alter column height drop not null;
alter table platform.file add constraint file_size_of_picture
  check ((width is null) = (height is null) and (width is not null or media_type like 'audio/%'));

-- check
select count(*) = 2 from pg_catalog.pg_attribute a
where a.attrelid = 'platform.file'::pg_catalog.regclass and a.attname in ('width', 'height') and not a.attnotnull

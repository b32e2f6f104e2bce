-- A paper (a workbook, a PDF) has neither width nor height either.
alter table platform.file drop constraint file_size_of_picture;
alter table platform.file add constraint file_size_of_picture
  check ((width is null) = (height is null) and (width is not null or media_type not like 'image/%'));

-- check
select pg_catalog.pg_get_constraintdef(c.oid) like '%image/%' from pg_catalog.pg_constraint c
where c.conname = 'file_size_of_picture'

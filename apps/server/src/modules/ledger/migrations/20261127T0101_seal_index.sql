-- What is new in a book is found by the book: where a compound has had several, one that rests would be looked for
-- through everything the others have written since.
drop index ledger.posting_unsealed;
create index posting_unsealed on ledger.posting (scope_id, book_id, xid);
-- check
select count(*) = 1 from pg_indexes
where schemaname = 'ledger' and indexname = 'posting_unsealed' and indexdef like '%(scope_id, book_id, xid)'

-- The search index is one for all ledgers of the file and knows a matter by this number alone.
create unique index matter_doc_once on matter (doc);

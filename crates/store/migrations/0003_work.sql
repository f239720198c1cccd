-- What the program remembers of its own work.

-- Who may do a job that only one process at a time should do.
create table lease (
  name text not null primary key,
  owner text not null,
  until integer not null
) strict;

-- What is to be sent once the change that asked for it is recorded: written in the same
-- transaction, done afterwards, tried again until it is.
create table outbox (
  ledger text not null,
  id text not null,
  kind text not null,
  body text not null,
  due integer not null,
  leased integer not null,
  owner text,
  tries integer not null,
  failed text,
  primary key (ledger, id)
) strict;
create index outbox_due on outbox (due, ledger, id);

-- Up to which entry a follower has come in each ledger.
create table cursor (
  follower text not null,
  ledger text not null,
  number integer not null,
  primary key (follower, ledger)
) strict;

-- Files by their digest. Beside SQLite they lie in a folder, and this stays empty.
create table blob (
  digest text not null primary key,
  bytes blob not null,
  at integer not null
) strict;
create index blob_at on blob (at, digest);

-- Backups that were made of this store: for whoever looks after it.
create table backup (
  at integer not null primary key,
  size integer not null,
  expires integer not null,
  file text not null
) strict;

-- The declaration by which each table of a read model was made.
create table view (
  name text not null primary key,
  digest text not null
) strict;

-- A table under way to a new declaration, and which ledgers it holds already; the row of
-- no ledger says that it was begun.
create table remake (
  name text not null,
  ledger text not null,
  digest text not null,
  primary key (name, ledger)
) strict;

-- The followers of the program that runs, so that one query finds what grew for which of them.
create table follower (
  name text not null primary key
) strict;

-- What a timer has answered already.
create table fired (
  timer text not null,
  ledger text not null,
  stream text not null,
  n integer not null,
  due integer not null,
  primary key (timer, ledger, stream, n, due)
) strict;

-- What is so of the store as a whole, as that it is a demonstration's.
create table mark (
  name text not null primary key
) strict;

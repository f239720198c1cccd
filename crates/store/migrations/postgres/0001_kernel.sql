-- The ledger: entries, what is kept of their private values, heads and seals.

create table head (
  ledger text collate "C" not null primary key,
  number bigint not null,
  at bigint not null
);

create table event (
  ledger text collate "C" not null,
  number bigint not null,
  stream text collate "C" not null,
  version bigint not null,
  kind text collate "C" not null,
  at bigint not null,
  envelope text collate "C" not null,
  digest bytea not null,
  primary key (ledger, number)
);
create unique index event_stream on event (ledger, stream, version);

create table private (
  ledger text collate "C" not null,
  stream text collate "C" not null,
  version bigint not null,
  field text collate "C" not null,
  salt bytea not null,
  value text collate "C" not null,
  primary key (ledger, stream, version, field)
);

create table seal (
  ledger text collate "C" not null,
  size bigint not null,
  frontier bytea not null,
  checkpoint text collate "C" not null,
  at bigint not null,
  primary key (ledger, size)
);

-- Who may do a job that only one process at a time should do.
create table lease (
  name text collate "C" not null primary key,
  owner text collate "C" not null,
  until bigint not null
);

create table blob (
  digest text collate "C" not null primary key,
  bytes bytea not null
);

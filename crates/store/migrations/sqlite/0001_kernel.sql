-- The ledger: entries, what is kept of their private values, heads and seals.

create table head (
  ledger text not null primary key,
  number integer not null,
  at integer not null
) strict;

create table event (
  ledger text not null,
  number integer not null,
  stream text not null,
  version integer not null,
  kind text not null,
  at integer not null,
  envelope text not null,
  digest blob not null,
  primary key (ledger, number)
) strict;
create unique index event_stream on event (ledger, stream, version);

create table private (
  ledger text not null,
  stream text not null,
  version integer not null,
  field text not null,
  salt blob not null,
  value text not null,
  primary key (ledger, stream, version, field)
) strict, without rowid;

create table seal (
  ledger text not null,
  size integer not null,
  frontier blob not null,
  checkpoint text not null,
  at integer not null,
  primary key (ledger, size)
) strict;

-- Who may do a job that only one process at a time should do.
create table lease (
  name text not null primary key,
  owner text not null,
  until integer not null
) strict;

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
  -- 1 for a text that somebody wrote for everyone to read.
  published integer not null,
  primary key (ledger, stream, version, field)
) strict, without rowid;
-- The texts for everyone alone: most entries have none, and whoever reads what happened need not
-- look through what people keep to themselves.
create index private_published on private (ledger, stream, version) where published = 1;

create table seal (
  ledger text not null,
  size integer not null,
  frontier blob not null,
  checkpoint text not null,
  at integer not null,
  primary key (ledger, size)
) strict;

-- Where each ledger is found.
create table keeper (
  ledger text not null primary key,
  slug text not null unique,
  origin text not null unique,
  verifier text not null,
  -- The places from the largest down to this one, joined by slashes.
  path text not null
) strict;
create index keeper_path on keeper (path);

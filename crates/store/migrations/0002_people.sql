-- How people sign in. Nothing of it is of a ledger.

create table credential (
  username text not null primary key,
  account text not null,
  ledger text not null,
  hash text not null
) strict;
create index credential_account on credential (account);

create table invitation (
  token text not null primary key,
  account text not null,
  ledger text not null,
  expires integer not null,
  used integer
) strict;

create table session (
  token text not null primary key,
  account text not null,
  ledger text not null,
  created integer not null,
  expires integer not null
) strict;
create index session_account on session (account);

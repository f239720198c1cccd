-- How people sign in. Nothing of it is of a ledger.

create table credential (
  username text not null primary key,
  account text not null,
  ledger text not null,
  hash text not null,
  -- Up to when the person knows what others did to the account.
  seen integer not null
) strict;
create index credential_account on credential (account);

create table invitation (
  token text not null primary key,
  account text not null,
  ledger text not null,
  expires integer not null
) strict;
create index invitation_account on invitation (account);

create table session (
  token text not null primary key,
  account text not null,
  ledger text not null,
  created integer not null,
  expires integer not null
) strict;
create index session_account on session (account);

-- Browsers in which an account signed in: what others try elsewhere does not hold them back.
create table known_browser (
  account text not null,
  token text not null,
  at integer not null,
  primary key (account, token)
) strict;

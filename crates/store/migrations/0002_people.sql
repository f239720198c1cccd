-- How people sign in. Nothing of it is of a ledger.

create table credential (
  username text not null primary key,
  -- What the name looks like: no other may look the same.
  skeleton text not null,
  account text not null,
  ledger text not null,
  hash text not null,
  -- Up to when the person knows what others did to the account.
  seen integer not null
) strict;
create unique index credential_looks on credential (skeleton);
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

-- Second steps of signing in. The one that counts has the proof that the account's entry tells.
create table second_step (
  account text not null,
  -- The digest of the two that follow.
  proof text not null,
  -- What an app shares, sealed.
  secret text not null,
  -- The digests of the codes for whoever loses the telephone.
  spare text not null,
  primary key (account, proof)
) strict;

-- Codes that were used: none is taken twice.
create table spent_code (
  account text not null,
  code text not null,
  at integer not null,
  primary key (account, code)
) strict;

-- Those who gave the right password and are waited for with a code.
create table half_session (
  token text not null primary key,
  account text not null,
  ledger text not null,
  expires integer not null
) strict;
create index half_session_account on half_session (account);

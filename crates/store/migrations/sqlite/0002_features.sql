-- Read models of the features. Each row is a function of one stream's state; `ledger rebuild`
-- writes them anew. What is private here (door, name, exact, secret …) is a copy that erasing
-- a private value removes, since the stream's rows are then written anew.

create table place (
  ledger text not null,
  id text not null,
  kind text not null,
  parent text,
  path text not null,
  name text,
  door text,
  code text,
  closed integer,
  primary key (ledger, id)
) strict;
create index place_children on place (ledger, parent, kind, id);
create index place_by_id on place (id);

create table grid_building (
  ledger text not null,
  building text not null,
  grid text not null,
  primary key (ledger, building, grid)
) strict;

create table poster (
  ledger text not null,
  id text not null,
  place text,
  word text,
  revoked integer,
  primary key (ledger, id)
) strict;
create index poster_word on poster (word);
create index poster_place on poster (ledger, place, id);

create table organisation (
  ledger text not null,
  id text not null,
  kind text not null,
  name text not null,
  place text not null,
  closed integer,
  primary key (ledger, id)
) strict;
create index organisation_by_id on organisation (id);

create table account (
  ledger text not null,
  stream text not null,
  id text,
  name text,
  employer text,
  opened integer not null,
  primary key (ledger, stream)
) strict;
create index account_by_id on account (id);

create table account_role (
  ledger text not null,
  stream text not null,
  n integer not null,
  id text,
  role text not null,
  place text not null,
  organisation text,
  since integer not null,
  until integer,
  primary key (ledger, stream, n)
) strict;
create index account_role_place on account_role (place, role, id);
create index account_role_organisation on account_role (organisation, role, id);

create table matter (
  ledger text not null,
  id text not null,
  doc integer not null,
  stage text not null,
  listed integer not null,
  state text not null,
  category text not null,
  outcome text,
  place text not null,
  exact text,
  around text not null,
  about text,
  raised integer not null,
  step text,
  holder text,
  due integer,
  answered integer,
  closed integer,
  merged_into text,
  summary text,
  photo text,
  photos integer not null,
  source text,
  primary key (ledger, id)
) strict;
create unique index matter_doc on matter (ledger, doc);
create index matter_board on matter (ledger, listed, raised, id);
create index matter_board_c on matter (ledger, listed, category, raised, id);
create index matter_board_s on matter (ledger, listed, state, raised, id);
create index matter_board_cs on matter (ledger, listed, category, state, raised, id);
create index matter_board_a on matter (ledger, listed, around, raised, id);
create index matter_board_ac on matter (ledger, listed, around, category, raised, id);
create index matter_board_as on matter (ledger, listed, around, state, raised, id);
create index matter_board_acs on matter (ledger, listed, around, category, state, raised, id);
create index matter_exact on matter (ledger, exact, raised, id);
create index matter_place on matter (ledger, place, raised, id);
create index matter_desk on matter (holder, due, ledger, id);
create index matter_due on matter (ledger, step, due, id);
create index matter_source on matter (ledger, source);
create index matter_merged on matter (ledger, merged_into, id);

create table family (
  ledger text not null,
  member text not null,
  root text not null,
  primary key (ledger, member)
) strict;
create index family_root on family (ledger, root, member);

create table receipt (
  ledger text not null,
  id text not null,
  matter text not null,
  how text not null,
  proof text not null,
  secret text,
  supporter text,
  account text,
  opened integer not null,
  contact integer not null,
  evaluated integer,
  solved text,
  satisfaction text,
  primary key (ledger, id)
) strict;
create index receipt_matter on receipt (ledger, matter, supporter, proof, evaluated);
create index receipt_secret on receipt (ledger, secret);
create index receipt_account on receipt (account, ledger, opened, id);

-- Not of the ledger: how people sign in, and where each ledger is found.

create table keeper (
  ledger text not null primary key,
  slug text not null unique,
  origin text not null unique,
  verifier text not null
) strict;

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

-- Terms made by the program; nothing of the text itself is kept.
create virtual table matter_search using fts5 (
  public, entire, content = '', contentless_delete = 1, detail = none,
  tokenize = 'unicode61 remove_diacritics 0'
);

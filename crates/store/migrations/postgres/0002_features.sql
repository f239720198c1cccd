-- Read models of the features. Each row is a function of one stream's state; `ledger rebuild`
-- writes them anew. What is private here (door, name, exact, secret …) is a copy that erasing
-- a private value removes, since the stream's rows are then written anew.

create table place (
  ledger text collate "C" not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  parent text collate "C",
  path text collate "C" not null,
  name text collate "C",
  door text collate "C",
  code text collate "C",
  closed bigint,
  primary key (ledger, id)
);
create index place_children on place (ledger, parent, kind, id);
create index place_by_id on place (id);

create table grid_building (
  ledger text collate "C" not null,
  building text collate "C" not null,
  grid text collate "C" not null,
  primary key (ledger, building, grid)
);

create table poster (
  ledger text collate "C" not null,
  id text collate "C" not null,
  place text collate "C",
  word text collate "C",
  revoked bigint,
  primary key (ledger, id)
);
create index poster_word on poster (word);
create index poster_place on poster (ledger, place, id);

create table organisation (
  ledger text collate "C" not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  name text collate "C" not null,
  place text collate "C" not null,
  closed bigint,
  primary key (ledger, id)
);
create index organisation_by_id on organisation (id);

create table account (
  ledger text collate "C" not null,
  stream text collate "C" not null,
  id text collate "C",
  name text collate "C",
  employer text collate "C",
  opened bigint not null,
  primary key (ledger, stream)
);
create index account_by_id on account (id);

create table account_role (
  ledger text collate "C" not null,
  stream text collate "C" not null,
  n bigint not null,
  id text collate "C",
  role text collate "C" not null,
  place text collate "C" not null,
  organisation text collate "C",
  since bigint not null,
  until bigint,
  primary key (ledger, stream, n)
);
create index account_role_place on account_role (place, role, id);
create index account_role_organisation on account_role (organisation, role, id);

create table matter (
  ledger text collate "C" not null,
  id text collate "C" not null,
  doc bigint not null,
  stage text collate "C" not null,
  listed bigint not null,
  state text collate "C" not null,
  category text collate "C" not null,
  outcome text collate "C",
  place text collate "C" not null,
  exact text collate "C",
  around text collate "C" not null,
  about text collate "C",
  raised bigint not null,
  step text collate "C",
  holder text collate "C",
  due bigint,
  answered bigint,
  closed bigint,
  merged_into text collate "C",
  summary text collate "C",
  photo text collate "C",
  photos bigint not null,
  source text collate "C",
  primary key (ledger, id)
);
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
  ledger text collate "C" not null,
  member text collate "C" not null,
  root text collate "C" not null,
  primary key (ledger, member)
);
create index family_root on family (ledger, root, member);

create table receipt (
  ledger text collate "C" not null,
  id text collate "C" not null,
  matter text collate "C" not null,
  how text collate "C" not null,
  proof text collate "C" not null,
  secret text collate "C",
  supporter text collate "C",
  account text collate "C",
  opened bigint not null,
  contact bigint not null,
  evaluated bigint,
  solved text collate "C",
  satisfaction text collate "C",
  primary key (ledger, id)
);
create index receipt_matter on receipt (ledger, matter, supporter, proof, evaluated);
create index receipt_secret on receipt (ledger, secret);
create index receipt_account on receipt (account, ledger, opened, id);

-- Not of the ledger: how people sign in, and where each ledger is found.

create table keeper (
  ledger text collate "C" not null primary key,
  slug text collate "C" not null unique,
  origin text collate "C" not null unique,
  verifier text collate "C" not null
);

create table credential (
  username text collate "C" not null primary key,
  account text collate "C" not null,
  ledger text collate "C" not null,
  hash text collate "C" not null
);
create index credential_account on credential (account);

create table invitation (
  token text collate "C" not null primary key,
  account text collate "C" not null,
  ledger text collate "C" not null,
  expires bigint not null,
  used bigint
);

create table session (
  token text collate "C" not null primary key,
  account text collate "C" not null,
  ledger text collate "C" not null,
  created bigint not null,
  expires bigint not null
);
create index session_account on session (account);

-- Terms made by the program; nothing of the text itself is kept.
create table matter_search (
  ledger text collate "C" not null,
  doc bigint not null,
  public text[] not null,
  entire text[] not null,
  primary key (ledger, doc)
);
create index matter_search_public on matter_search using gin (public);
create index matter_search_entire on matter_search using gin (entire);

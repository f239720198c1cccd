-- Read models of topics, meetings, presence, ballots and orders. Each row is a function of one
-- stream's state; `ledger rebuild` writes them anew.

create table topic (
  ledger text collate "C" not null,
  id text collate "C" not null,
  stage text collate "C" not null,
  title text collate "C" not null,
  category text collate "C" not null,
  place text collate "C" not null,
  matters bigint not null,
  meeting text collate "C",
  opened bigint not null,
  step text collate "C",
  holder text collate "C",
  due bigint,
  ended bigint,
  primary key (ledger, id)
);
create index topic_list on topic (ledger, opened, id);
create index topic_stage on topic (ledger, stage, opened, id);
create index topic_desk on topic (holder, due, ledger, id);

create table topic_matter (
  ledger text collate "C" not null,
  topic text collate "C" not null,
  matter text collate "C" not null,
  primary key (ledger, topic, matter)
);
create index topic_of_matter on topic_matter (ledger, matter, topic);

create table meeting (
  ledger text collate "C" not null,
  id text collate "C" not null,
  stage text collate "C" not null,
  forum text collate "C" not null,
  title text collate "C" not null,
  place text collate "C" not null,
  venue text collate "C" not null,
  starts bigint not null,
  door text collate "C",
  step text collate "C",
  holder text collate "C",
  due bigint,
  until bigint,
  standard text collate "C",
  ruled bigint not null,
  ended bigint,
  primary key (ledger, id)
);
create index meeting_list on meeting (ledger, starts, id);
create index meeting_desk on meeting (holder, due, ledger, id);
create index meeting_door on meeting (door);
create index meeting_standard on meeting (ledger, ruled, starts, id);

create table invited (
  ledger text collate "C" not null,
  meeting text collate "C" not null,
  organisation text collate "C" not null,
  due bigint not null,
  coming text collate "C",
  waits bigint not null,
  primary key (ledger, meeting, organisation)
);
create index invited_waiting on invited (organisation, waits, due, ledger, meeting);

create table seat (
  ledger text collate "C" not null,
  id text collate "C" not null,
  meeting text collate "C" not null,
  kind text collate "C" not null,
  how text collate "C" not null,
  organisation text collate "C",
  secret text collate "C",
  votes bigint not null,
  struck bigint,
  taken bigint not null,
  primary key (ledger, id)
);
create index seat_meeting on seat (ledger, meeting, votes, taken, id);
create index seat_secret on seat (ledger, secret);

create table ballot (
  ledger text collate "C" not null,
  id text collate "C" not null,
  meeting text collate "C" not null,
  motion bigint not null,
  seat text collate "C",
  choice text collate "C",
  primary key (ledger, id)
);
create index ballot_motion on ballot (ledger, meeting, motion, choice, seat);

create table work_order (
  ledger text collate "C" not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  whistle text collate "C",
  stage text collate "C" not null,
  task text collate "C" not null,
  place text collate "C" not null,
  doer text collate "C" not null,
  topic text collate "C",
  meeting text collate "C",
  action text collate "C",
  matter text collate "C",
  opened bigint not null,
  step text collate "C",
  holder text collate "C",
  due bigint,
  report_by bigint not null,
  finish_by bigint not null,
  photo text collate "C",
  ended bigint,
  primary key (ledger, id)
);
create index work_order_list on work_order (ledger, opened, id);
create index work_order_desk on work_order (holder, due, ledger, id);
create index work_order_due on work_order (ledger, step, due, id);
create index work_order_topic on work_order (ledger, topic, opened, id);
create index work_order_matter on work_order (ledger, matter, opened, id);

create table order_party (
  ledger text collate "C" not null,
  work_order text collate "C" not null,
  organisation text collate "C" not null,
  leads bigint not null,
  due bigint not null,
  arrived bigint,
  open bigint not null,
  primary key (ledger, work_order, organisation)
);
create index order_party_open on order_party (organisation, open, due, ledger, work_order);

-- Calls back that reached nobody, about the answer called about last.
alter table receipt add column called bigint;
alter table receipt add column missed bigint not null default 0;

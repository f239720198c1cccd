-- Read models of topics, meetings, presence, ballots and orders. Each row is a function of one
-- stream's state; `ledger rebuild` writes them anew.

create table topic (
  ledger text not null,
  id text not null,
  stage text not null,
  title text not null,
  category text not null,
  place text not null,
  matters integer not null,
  meeting text,
  opened integer not null,
  step text,
  holder text,
  due integer,
  ended integer,
  primary key (ledger, id)
) strict;
create index topic_list on topic (ledger, opened, id);
create index topic_stage on topic (ledger, stage, opened, id);
create index topic_desk on topic (holder, due, ledger, id);

create table topic_matter (
  ledger text not null,
  topic text not null,
  matter text not null,
  primary key (ledger, topic, matter)
) strict;
create index topic_of_matter on topic_matter (ledger, matter, topic);

create table meeting (
  ledger text not null,
  id text not null,
  stage text not null,
  forum text not null,
  title text not null,
  place text not null,
  venue text not null,
  starts integer not null,
  door text,
  step text,
  holder text,
  due integer,
  until integer,
  standard text,
  ruled integer not null,
  ended integer,
  primary key (ledger, id)
) strict;
create index meeting_list on meeting (ledger, starts, id);
create index meeting_desk on meeting (holder, due, ledger, id);
create index meeting_door on meeting (door);
create index meeting_standard on meeting (ledger, ruled, starts, id);

create table invited (
  ledger text not null,
  meeting text not null,
  organisation text not null,
  due integer not null,
  coming text,
  waits integer not null,
  primary key (ledger, meeting, organisation)
) strict;
create index invited_waiting on invited (organisation, waits, due, ledger, meeting);

create table seat (
  ledger text not null,
  id text not null,
  meeting text not null,
  kind text not null,
  how text not null,
  organisation text,
  secret text,
  votes integer not null,
  struck integer,
  taken integer not null,
  primary key (ledger, id)
) strict;
create index seat_meeting on seat (ledger, meeting, votes, taken, id);
create index seat_secret on seat (ledger, secret);

create table ballot (
  ledger text not null,
  id text not null,
  meeting text not null,
  motion integer not null,
  seat text,
  choice text,
  primary key (ledger, id)
) strict;
create index ballot_motion on ballot (ledger, meeting, motion, choice, seat);

create table work_order (
  ledger text not null,
  id text not null,
  kind text not null,
  whistle text,
  stage text not null,
  task text not null,
  place text not null,
  doer text not null,
  topic text,
  meeting text,
  action text,
  matter text,
  opened integer not null,
  step text,
  holder text,
  due integer,
  report_by integer not null,
  finish_by integer not null,
  photo text,
  ended integer,
  primary key (ledger, id)
) strict;
create index work_order_list on work_order (ledger, opened, id);
create index work_order_desk on work_order (holder, due, ledger, id);
create index work_order_due on work_order (ledger, step, due, id);
create index work_order_topic on work_order (ledger, topic, opened, id);
create index work_order_matter on work_order (ledger, matter, opened, id);

create table order_party (
  ledger text not null,
  work_order text not null,
  organisation text not null,
  leads integer not null,
  due integer not null,
  arrived integer,
  open integer not null,
  primary key (ledger, work_order, organisation)
) strict;
create index order_party_open on order_party (organisation, open, due, ledger, work_order);

-- Calls back that reached nobody, about the answer called about last.
alter table receipt add column called integer;
alter table receipt add column missed integer not null default 0;

-- What is to be sent once the change that asked for it is recorded: written in the same
-- transaction, done afterwards, tried again until it is.
create table outbox (
  ledger text not null,
  id text not null,
  kind text not null,
  body text not null,
  due integer not null,
  leased integer not null,
  owner text,
  tries integer not null,
  failed text,
  primary key (ledger, id)
) strict;
create index outbox_due on outbox (due, ledger, id);

-- What is to be sent once the change that asked for it is recorded: written in the same
-- transaction, done afterwards, tried again until it is.
create table outbox (
  ledger text collate "C" not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  body text collate "C" not null,
  due bigint not null,
  leased bigint not null,
  owner text collate "C",
  tries bigint not null,
  failed text collate "C",
  primary key (ledger, id)
);
create index outbox_due on outbox (due, ledger, id);

-- Whom something is to be told outside, by mail or short message: which stream's owner, of which
-- entries. How they are reached and what they are told is looked up when it is sent, so that
-- nothing of it lies here.
create table message (
  ledger text not null,
  stream text not null,
  -- The first entry that is to be told: the id of the message follows from it.
  first integer not null,
  -- The last one: it came while the message waited, and is told with it.
  last integer not null,
  due integer not null,
  leased integer not null,
  owner text,
  tries integer not null,
  -- Why it did not arrive, in a word.
  failed text,
  primary key (ledger, stream)
) strict;
create index message_due on message (due, ledger, stream);

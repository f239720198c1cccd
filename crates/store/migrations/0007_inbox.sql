-- What came to whom (收件): for each holder and thing the last that they should know of it, made
-- from entries and clocks by what happens by itself, and kept for a month. It names things and
-- says nothing of them.
create table arrival (
  holder text not null,
  ledger text not null,
  stream text not null,
  -- The number that the thing is known by.
  number integer not null,
  -- The last entry that was looked at for it.
  entry integer not null,
  news text not null,
  -- When it came; 0 for what is no news to them, since they did it themselves.
  came integer not null,
  -- When its row was last written, for the sweeping.
  at integer not null,
  -- 1 while the thing waits for them.
  held integer not null,
  primary key (holder, ledger, stream)
) strict;
create index arrival_came on arrival (holder, came, ledger, stream);
create index arrival_thing on arrival (ledger, stream);
create index arrival_at on arrival (at);

-- Up to which arrival somebody has seen their inbox. It is the time of that arrival and never the
-- time of looking: who looked when is nobody's business.
create table inbox_seen (
  account text not null primary key,
  upto integer not null
) strict;

-- 1 for a message that is gathered with others to the same person, once a day.
alter table message add column
  daily integer not null default 0;

-- Links by which a calendar program reads the days of a desk: only their digests.
create table calendar_link (
  account text not null,
  holder text not null,
  token text not null unique,
  primary key (account, holder)
) strict;

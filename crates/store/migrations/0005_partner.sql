-- On which day a partner's token was used last, by its first moment: each use is no entry.
create table partner_use (
  ledger text not null,
  partner text not null,
  day integer not null,
  primary key (ledger, partner)
) strict;

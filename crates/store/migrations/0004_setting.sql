-- What was set for the store as a whole, as the address under which people reach the program.
create table setting (
  name text not null primary key,
  value text not null
) strict;

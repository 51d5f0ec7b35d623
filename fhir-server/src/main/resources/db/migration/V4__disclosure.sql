-- Who was answered about whom through a person (docs/decisions/0018). One table for each month, made by the server when the first
-- line of the month is written, given an index on subjects when the month is over, and dropped when the time to keep it is.
create table disclosure (
  at           timestamptz not null,
  kind         smallint    not null,
  -- The person asked for, where that is known at once.
  person       bigint,
  -- Numbers of the patients of whom something was in the answer; and as negative hashes the codes asked by.
  subjects     bigint[]    not null,
  -- As declared by the gateway: a name or a reference, and a reference; null where not said.
  requester    text,
  organization text,
  address      inet        not null
) partition by range (at);
-- who was answered since a time, in the month that is not over yet
create index disclosure_by_time on disclosure using brin (at);

-- Who was answered about whom through a person (docs/decisions/0018). One table for each month, made by the server when the first
-- line of the month is written, and dropped as a whole when the time to keep it is over.
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
-- who was answered with something of a patient, or asked by one of its codes
create index disclosure_by_subject on disclosure using gin (subjects);

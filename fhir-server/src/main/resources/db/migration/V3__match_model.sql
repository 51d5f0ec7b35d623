-- The weights of matching, estimated from the county's own patients (docs/decisions/0016).

-- One row for each estimation. That of the highest version which was not refused is in force on every server.
create table match_model (
  version       integer          not null,
  estimated     timestamptz      not null,
  -- patients of the county, those compared with everyone they share a key with, and those whose names were counted
  patients      bigint           not null,
  compared      integer          not null,
  named         integer          not null,
  random_pairs  bigint           not null,
  blocked_pairs bigint           not null,
  -- how many of the blocked pairs are expected to be one person
  matches       double precision not null,
  rounds        integer          not null,
  -- why the model that was in force stays so
  refused       text,
  -- the model as JSON; not kept of refused ones
  model         text,
  constraint match_model_pkey primary key (version)
);

-- How far re-matching has come: 0 the open questions to stewards, 1 the patients that stand alone.
create table match_round (
  work     smallint not null,
  model    integer  not null,
  -- the numbers of resources at which the round began and up to which it has come
  began    bigint   not null,
  position bigint   not null,
  -- whether it has come to the last number and gone on from the first
  wrapped  boolean  not null,
  constraint match_round_pkey primary key (work)
);

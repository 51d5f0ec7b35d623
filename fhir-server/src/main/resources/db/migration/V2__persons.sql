-- Who is who: the patients of the hospitals and the county's persons behind them (docs/decisions/0012).

-- One row for each patient that can be read: a patient belongs to exactly one person.
create table person_link (
  patient   bigint   not null,
  person    bigint   not null,
  -- Person.link.assurance, 1 to 4
  assurance smallint not null,
  constraint person_link_pkey primary key (patient)
);
-- all patients of a person; searches by person
create index person_link_by_person on person_link (person, patient);

-- What a patient can be found by when another one is compared with it: codes, and parts of names, dates and addresses.
create table person_key (
  key     bigint not null,
  patient bigint not null
);
-- candidates of a comparison; removal of the keys of an earlier version
create index person_key_by_key on person_key (key, patient);

-- Pairs of patients of which a steward has said that they are not the same person; the smaller number first.
create table person_apart (
  one   bigint not null,
  other bigint not null,
  constraint person_apart_pkey primary key (one, other)
);
-- the pairs of a patient that has the larger number
create index person_apart_by_other on person_apart (other, one);

alter table person_link set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table person_key  set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table person_key  alter column key set statistics 500;

-- What each decision moved, so that it can be undone: the decision is a Provenance. A patient that had no person before has
-- none here either.
create table person_move (
  decision         bigint   not null,
  patient          bigint   not null,
  from_person      bigint,
  to_person        bigint   not null,
  assurance_before smallint,
  constraint person_move_pkey primary key (decision, patient)
);
-- where a patient came from
create index person_move_by_patient on person_move (patient, decision);

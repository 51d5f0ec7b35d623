-- Studies, their series and instances; and what is kept apart from them. All in the schema "imaging".

create extension if not exists pg_trgm with schema public;

create table study (
  id                bigint      generated always as identity primary key,
  study_uid         text        collate "C" not null,
  -- Whose it is: the identifier system of the hospital's patients, and the PatientID in it.
  patient_system    text        collate "C" not null,
  patient_id        text        collate "C" not null,
  source            text        collate "C" not null,
  -- Raised by whatever changes the study; what the FHIR server was told last.
  version           integer     not null,
  published_version integer     not null default 0,
  first_received    timestamptz not null,
  last_received     timestamptz not null,
  instances         integer     not null,
  bytes             bigint      not null,
  -- What queries match; dates and times as DICOM writes them, so that their order as text is their order.
  study_date        text        collate "C" not null,
  study_time        text        collate "C" not null,
  accession         text        collate "C" not null,
  study_id          text        collate "C" not null,
  description       text        collate "C" not null,
  referring         text        collate "C" not null,
  name_alphabetic   text        collate "C" not null,
  name_ideographic  text        collate "C" not null,
  -- The words of the name in small letters, and its characters as pinyin: what fuzzy matching looks at.
  name_words        text        not null,
  birth_date        text        collate "C" not null,
  sex               text        collate "C" not null,
  -- Patient and study attributes as the first instance had them: explicit little endian, UTF-8.
  attributes        bytea       not null
) with (fillfactor = 80);
alter table study alter column attributes set storage external;

create unique index study_by_uid on study (study_uid);
-- all studies of a person: one or several patients
create index study_by_patient on study (patient_system, patient_id, study_date desc, study_time desc, id desc);
-- a PatientID whoever gave it
create index study_by_patient_id on study (patient_id);
-- newest first, and ranges of dates
create index study_by_date on study (study_date desc, study_time desc, id desc);
create index study_by_accession on study (accession) where accession <> '';
-- names by their beginning
create index study_by_alphabetic on study (name_alphabetic) where name_alphabetic <> '';
create index study_by_ideographic on study (name_ideographic) where name_ideographic <> '';
-- names by anything inside them
create index study_by_words on study using gin (name_words public.gin_trgm_ops);
-- what the FHIR server has not been told yet
create index study_unpublished on study (last_received) where published_version < version;

create table series (
  id            bigint  generated always as identity primary key,
  study         bigint  not null references study on delete cascade,
  series_uid    text    collate "C" not null,
  modality      text    collate "C" not null,
  number        integer,
  description   text    collate "C" not null,
  body_part     text    collate "C" not null,
  station       text    collate "C" not null,
  institution   text    collate "C" not null,
  -- Performed procedure step and request, which QIDO-RS asks for at this level.
  step_date     text    collate "C" not null,
  step_time     text    collate "C" not null,
  step_id       text    collate "C" not null,
  procedure_id  text    collate "C" not null,
  instances     integer not null,
  attributes    bytea   not null
) with (fillfactor = 80);
alter table series alter column attributes set storage external;

create unique index series_by_uid on series (series_uid);
-- the series of a study, and ModalitiesInStudy
create index series_by_study on series (study, number, id) include (modality);

create table instance (
  sop_instance_uid text        collate "C" not null,
  series           bigint      not null references series on delete cascade,
  number           integer,
  sop_class_uid    text        collate "C" not null,
  transfer_syntax  text        collate "C" not null,
  received         timestamptz not null,
  -- Which device or system sent it.
  sender           text        not null,
  blob             text        collate "C" not null,
  dataset_position integer     not null,
  size             bigint      not null,
  digest           bytea       not null,
  frames           bytea       not null,
  -- The header as the DICOM JSON model: raw deflate, the CRC-32 and length of what it inflates to.
  metadata         bytea       not null,
  metadata_crc     integer     not null,
  metadata_length  integer     not null,
  constraint instance_pkey primary key (sop_instance_uid)
);
alter table instance alter column metadata set storage external;

-- the instances of a series in their order
create index instance_by_series on instance (series, number, sop_instance_uid);
-- which blobs belong to an instance, when orphans are looked for
create index instance_by_blob on instance (blob);

create table quarantine (
  id               bigint      generated always as identity primary key,
  received         timestamptz not null,
  source           text        collate "C" not null,
  sender           text        not null,
  address          text        not null,
  reason           text        collate "C" not null,
  detail           text        not null,
  patient_system   text        collate "C" not null,
  patient_id       text        collate "C" not null,
  study_uid        text        collate "C" not null,
  series_uid       text        collate "C" not null,
  sop_instance_uid text        collate "C" not null,
  sop_class_uid    text        collate "C" not null,
  transfer_syntax  text        collate "C" not null,
  blob             text        collate "C" not null,
  dataset_position integer     not null,
  size             bigint      not null,
  digest           bytea       not null,
  -- What somebody decided; null while it is open.
  resolution       text,
  resolved         timestamptz,
  resolved_by      text
);

-- the same bytes held once more are held already
create unique index quarantine_once on quarantine (source, sop_instance_uid, digest) where resolution is null;
create index quarantine_open on quarantine (id) where resolution is null;
create index quarantine_by_blob on quarantine (blob);

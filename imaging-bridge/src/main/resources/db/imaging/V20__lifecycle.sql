-- How a study goes on after its images are here.

alter table study
  add column state             text        collate "C" not null default 'RECEIVING',
  add column state_since       timestamptz not null default now(),
  -- Why it is COMPLETE.
  add column completed_by      text        collate "C",
  -- Whether those who want to know that it is complete have not been told.
  add column completion_untold boolean     not null default false,
  -- The first tier in which any of its bytes are: DISK, OBJECT_STORE or ARCHIVE.
  add column tier              text        collate "C" not null default 'DISK';
update study set state_since = last_received;

-- which studies may have become complete
create index study_receiving on study (study_uid) where state = 'RECEIVING';
-- which completions are to be told
create index study_completed on study (state_since, id) where completion_untold;

-- What was said of the instances of a study, which may not be here yet.
create table study_evidence (
  study_uid text        collate "C" not null,
  kind      text        collate "C" not null,
  reference text        collate "C" not null,
  said      timestamptz not null,
  instances text[]      collate "C" not null,
  count     integer     not null,
  -- When a study was completed by it; it completes none twice.
  spent     timestamptz,
  constraint study_evidence_pkey primary key (study_uid, kind, reference)
);

-- What people decided about studies as a whole.
create table study_decision (
  id        bigint      generated always as identity primary key,
  study_uid text        collate "C" not null,
  decision  text        collate "C" not null,
  decided   timestamptz not null,
  decided_by text       not null,
  reason    text        not null
);
-- the decisions about a study
create index study_decision_by_study on study_decision (study_uid, id);

-- What was deleted: whose it was, how much, when, by whom and why.
create table study_deletion (
  id             bigint      generated always as identity primary key,
  study_uid      text        collate "C" not null,
  patient_system text        collate "C" not null,
  patient_id     text        collate "C" not null,
  source         text        collate "C" not null,
  instances      integer     not null,
  bytes          bigint      not null,
  deleted        timestamptz not null,
  deleted_by     text        not null,
  reason         text        not null
);
-- the deletions of a study
create index study_deletion_by_study on study_deletion (study_uid, id);

-- Blobs that nothing refers to any more, to be removed when they are due.
create table blob_removal (
  blob text        collate "C" not null,
  due  timestamptz not null,
  constraint blob_removal_pkey primary key (blob)
);
-- what is due
create index blob_removal_due on blob_removal (due, blob);

-- decisions whose bytes a crash may have left
create index quarantine_decided on quarantine (resolved) where resolution is not null;

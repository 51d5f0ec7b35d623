-- Records, their history, and what search knows about them. docs/decisions/0002 says why it looks like this.

create table resource_type (
  id   smallint primary key,
  name text     not null unique
);

-- Blocks of numbers, so that a bundle of sixteen resources does not ask sixteen times.
create sequence resource_surrogate as bigint increment by 1024 start with 1024;

-- The current version of every resource, deleted ones and merely referenced ones included.
create table resource (
  id           bigint      not null,
  last_updated timestamptz not null,
  -- The patient of the record, where the type's patient parameter has at most one value.
  patient      bigint,
  -- The clinical date as a closed-open range; -infinity where there is none, so that it sorts last.
  dated_low    timestamptz not null,
  dated_high   timestamptz not null,
  version      integer     not null,
  type         smallint    not null,
  change       smallint    not null,
  fhir_id      text        collate "C" not null,
  -- Where the resource points to: parameter key and target number, side by side; serves _include without a join.
  edge_params  integer[],
  edge_targets bigint[],
  body         bytea,
  constraint resource_pkey primary key (id)
) with (fillfactor = 90);
-- Bodies are compressed before they come here; a second try would only cost time.
alter table resource alter column body set storage external;
alter table resource alter column body set statistics 0;

-- read, update, reference lookup by Type/id
create unique index resource_by_key on resource (type, fhir_id);
-- type and system history, _lastUpdated, and a search without criteria
create index resource_by_time on resource (type, last_updated, id);
-- "this person's ..., newest first"
create index resource_by_patient on resource (patient, type, dated_low, id) where patient is not null;
-- date searches that are not about one patient
create index resource_by_dated_low on resource (type, dated_low, id);
create index resource_by_dated_high on resource (type, dated_high, id);

-- Superseded versions, append-only. The current version is not here.
create table resource_history (
  resource_id  bigint      not null,
  last_updated timestamptz not null,
  version      integer     not null,
  type         smallint    not null,
  change       smallint    not null,
  body         bytea,
  constraint resource_history_pkey primary key (resource_id, version)
);
alter table resource_history alter column body set storage external;
-- type and system history
create index resource_history_by_time on resource_history (type, last_updated, resource_id);

-- Token values. value_hash folds type, parameter and code; token_hash folds system and code: together they are 128 bits
-- of evidence for system|code. No text is repeated here, and a single column carries the statistics the planner needs.
create table search_token (
  value_hash  bigint not null,
  token_hash  bigint not null,
  resource_id bigint not null
);
-- token search, newest first; probe of one resource
create index search_token_by_value on search_token (value_hash, resource_id, token_hash);

-- References other than the one to the patient of the record. A target that is not a local resource is a negative hash.
create table search_reference (
  target      bigint  not null,
  resource_id bigint  not null,
  param       integer not null
);
-- reference search, chains, _revinclude, and "who refers to this" before a delete
create index search_reference_by_target on search_reference (target, param, resource_id);

-- String and URI values; value is folded for comparison, exact is kept where it differs.
create table search_string (
  key         bigint not null,
  resource_id bigint not null,
  token_hash  bigint,
  value       text   collate "C" not null,
  exact       text   collate "C"
);
-- string search by prefix, uri search
create index search_string_by_value on search_string (key, value, resource_id);
-- _sort by a string
create index search_string_by_resource on search_string (resource_id, key);

-- Dates other than the clinical one, closed-open.
create table search_date (
  key         bigint      not null,
  low         timestamptz not null,
  high        timestamptz not null,
  resource_id bigint      not null,
  token_hash  bigint
);
-- lt, le, sa, eq
create index search_date_by_low on search_date (key, low, resource_id);
-- gt, ge, eb
create index search_date_by_high on search_date (key, high, resource_id);
-- _sort by a date
create index search_date_by_resource on search_date (resource_id, key);

-- Numbers and quantities, closed; a composite of a token and a quantity folds the code into the key.
create table search_quantity (
  key         bigint           not null,
  low         double precision not null,
  high        double precision not null,
  resource_id bigint           not null,
  unit_hash   bigint,
  token_hash  bigint
);
-- quantity and number search, composites with a code
create index search_quantity_by_low on search_quantity (key, low, resource_id);

-- Index rows arrive by the million and follow their resource; the default thresholds would leave the planner blind.
alter table resource         set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table search_token     set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table search_reference set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table search_string    set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table search_date      set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table search_quantity  set (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);

-- A few codes are very frequent and most are rare; the planner must know which.
alter table search_token     alter column value_hash set statistics 1000;
alter table search_reference alter column target     set statistics 500;
alter table resource         alter column patient    set statistics 500;

-- A code and its system go together.
create statistics search_token_hashes (dependencies) on value_hash, token_hash from search_token;

-- Secrets of this installation, such as the key that signs page links.
create table secret (
  name  text  primary key,
  value bytea not null
);

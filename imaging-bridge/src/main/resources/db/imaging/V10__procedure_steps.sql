-- Performed procedure steps as modalities report them (PS3.4 annex F). In the schema "imaging".

create table procedure_step (
  -- The hospital of the modality: a UID means a step of that hospital only, whoever else may say it.
  source           text        collate "C" not null,
  sop_instance_uid text        collate "C" not null,
  status           text        collate "C" not null,
  begun            timestamptz not null default now(),
  changed          timestamptz not null default now(),
  -- All that was said of it: explicit little endian, UTF-8.
  attributes       bytea       not null,
  constraint procedure_step_pkey primary key (source, sop_instance_uid)
);

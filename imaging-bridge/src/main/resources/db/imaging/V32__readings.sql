-- Who looked at which study, where the file of peers says who may.

create table reading (
    id           bigint generated always as identity primary key,
    at           timestamptz not null,
    study_uid    text collate "C" not null,
    -- Practitioner/[id] or PractitionerRole/[id], and Organization/[id], of the FHIR server.
    requester    text not null,
    organization text not null,
    address      text not null,
    ground       text not null check (ground in ('OWN', 'CARE', 'COUNTY'))
);
-- Who looked at a study, in order.
create index reading_study on reading (study_uid, id);
-- What is older than it is kept.
create index reading_at on reading (at);

-- The studies of one hospital, newest first: all that its doctors see who look for nobody in particular.
create index study_by_source on study (source, study_date desc, study_time desc, id desc);

-- Cloud film: links that show one study to whoever has their secret, the sessions that they were opened in, and what was looked at.

create table film_link (
    id              text primary key,
    -- SHA-256 of the secret, which nobody but its holder knows.
    secret          bytea not null check (octet_length(secret) = 32),
    study_uid       text not null,
    -- None for all series of the study.
    series_uids     text[] not null,
    priors          boolean not null,
    originals       boolean not null,
    factor          text not null check (factor in ('NONE', 'ID_LAST_FOUR', 'CODE')),
    factor_salt     bytea,
    factor_hash     bytea,
    factor_failures integer not null default 0,
    watermark       text not null,
    created         timestamptz not null,
    created_by      text not null,
    expires         timestamptz not null,
    revoked         timestamptz,
    revoked_by      text,
    check ((factor = 'NONE') = (factor_hash is null))
);
-- The links of a study, and all links, newest first.
create index film_link_study on film_link (study_uid, created desc, id desc);
create index film_link_created on film_link (created desc, id desc);

create table film_session (
    -- SHA-256 of the value of the cookie.
    secret     bytea primary key check (octet_length(secret) = 32),
    link       text not null references film_link (id) on delete cascade,
    opened     timestamptz not null,
    expires    timestamptz not null,
    address    text not null,
    user_agent text not null
);
-- Sessions that have ended, to be removed.
create index film_session_expires on film_session (expires);

create table film_view (
    id         bigint generated always as identity primary key,
    link       text not null references film_link (id) on delete cascade,
    session    bytea not null,
    at         timestamptz not null,
    address    text not null,
    user_agent text not null,
    -- What was looked at: the page, a series, the originals, or that somebody asks for the originals.
    what       text not null check (what in ('PAGE', 'SERIES', 'REPORT', 'ORIGINALS', 'ORIGINALS_ASKED')),
    study_uid  text not null,
    series_uid text not null
);
-- Once for each session and thing; and the views of a link in their order.
create unique index film_view_once on film_view (session, what, study_uid, series_uid);
create index film_view_link on film_view (link, id);

-- Messages of patient feeds that were carried out, so that one that comes again changes nothing (docs/decisions/0014).
create table feed_message (
  -- SHA-256 of the source, the id of the message, and what it tells
  key      bytea       not null,
  received timestamptz not null default now(),
  -- "was this message carried out?"
  constraint feed_message_pkey primary key (key)
);

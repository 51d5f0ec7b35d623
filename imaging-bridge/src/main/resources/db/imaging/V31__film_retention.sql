-- What is on record of cloud film is kept for years and then goes, oldest first.

-- Views that are older than they are kept.
create index film_view_at on film_view (at);
-- Links that have ended, to go when nothing is on record of them any more.
create index film_link_expires on film_link (expires);
-- The sessions of a link that goes.
create index film_session_link on film_session (link);

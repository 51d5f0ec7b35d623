-- "which messages are too old to come again?", to be removed with each that comes (docs/decisions/0014)
create index feed_message_by_received on feed_message (received);

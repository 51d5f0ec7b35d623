-- What searches for instances tell of each (PS3.18 table 10.6.3-5), so that they need not unpack its metadata: explicit little endian,
-- UTF-8. Null for instances from before, whose metadata tell it.
alter table instance add column attributes bytea;

-- What a patient says of a person, as it was read when it was written, so that another can be compared with it without its
-- resource. Null where it is to be read from the resource: in links made before this column, and where it is very long.
alter table person_link add column said bytea;
alter table person_link alter column said set statistics 0;

-- How far the first linking of patients has come that were stored before there were persons: all patients up to this number
-- have one. The largest number when it is through; then every patient has a person, because it is given one when it is written.
create table person_backlog (
  through bigint not null
);
insert into person_backlog (through) values (0);

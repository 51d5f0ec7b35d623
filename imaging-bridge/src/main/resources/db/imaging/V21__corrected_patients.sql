-- Instances whose bytes name another patient than the one whose they are: somebody has named that one in the quarantine.

alter table instance add column patient_corrected boolean not null default false;
-- Of those that were accepted before it is not known, and whether there is a difference is seen when they go out.
update instance i set patient_corrected = true
  from quarantine q
 where q.sop_instance_uid = i.sop_instance_uid and q.digest = i.digest and q.resolution = 'ACCEPTED';

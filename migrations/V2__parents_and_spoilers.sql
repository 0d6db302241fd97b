-- The picture that a job is a variation of. No reference: a variation outlives what it was made from.
ALTER TABLE job ADD COLUMN parent_job BIGINT;
ALTER TABLE job ADD COLUMN parent_index INTEGER;
CREATE INDEX job_parent ON job (parent_job, id);
-- Whether its pictures are covered until somebody wants to see them.
ALTER TABLE job ADD COLUMN spoiler BOOLEAN DEFAULT FALSE NOT NULL;
-- The share of the work its person had when it was accepted.
ALTER TABLE job ADD COLUMN weight DOUBLE PRECISION DEFAULT 1 NOT NULL;

-- The order of the queue is by start tags (start-time fair queueing): smallest first, then smallest id.
DROP INDEX job_next;
CREATE INDEX job_next ON job (state, start_tag, id);
-- Who waits too long.
CREATE INDEX job_since ON job (state, created_at);
-- Tries over which a process died; "attempts" counts every try that came to nothing.
ALTER TABLE job ADD COLUMN deaths INTEGER DEFAULT 0 NOT NULL;
-- Asks the process that draws it to stop; and whether whoever asked for the job does so.
ALTER TABLE job ADD COLUMN cancel_requested BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE job ADD COLUMN cancel_known BOOLEAN DEFAULT FALSE NOT NULL;

-- Where the work ends that each person has asked for: the finish tag of their last job.
CREATE TABLE fair_share (
  person_id BIGINT PRIMARY KEY,
  finish_tag BIGINT NOT NULL
);
ALTER TABLE fair_share ADD CONSTRAINT fair_share_is_of_person
  FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE;

-- One row: how far the queue is, and whether it takes and gives jobs.
CREATE TABLE queue_status (
  id INTEGER PRIMARY KEY,
  virtual_time BIGINT NOT NULL,
  last_finish BIGINT NOT NULL,
  -- OPEN, PAUSED, DRAINING
  mode VARCHAR(20) NOT NULL
);
INSERT INTO queue_status (id, virtual_time, last_finish, mode) VALUES (1, 0, 0, 'OPEN');

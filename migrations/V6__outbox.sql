-- Where the end of a job is told, as JSON: the language, and destinations in the order to try them.
ALTER TABLE job ADD COLUMN route VARCHAR DEFAULT '{"language":"en","ladder":[]}' NOT NULL;

-- The outbox: what has to be posted or taken back where. That of V1 was never filled.
DROP TABLE delivery;
CREATE TABLE delivery (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- no reference: what was posted is taken back after its job is gone
  job_id BIGINT NOT NULL,
  platform VARCHAR NOT NULL,
  route VARCHAR NOT NULL,
  -- which destination of the route is next, and in which order it stands with other deliveries
  rung INTEGER DEFAULT 0 NOT NULL,
  lane VARCHAR NOT NULL,
  -- whether the person knows of the end without being told, as they have cancelled the job
  known BOOLEAN NOT NULL,
  -- DUE, POSTED, WAITING, SHOWN, WITHDRAWING
  state VARCHAR(20) NOT NULL,
  -- what the platform calls the post
  message VARCHAR,
  -- failures at this destination
  attempts INTEGER DEFAULT 0 NOT NULL,
  -- how often it was claimed, and by which process it is
  claims INTEGER DEFAULT 0 NOT NULL,
  claimed_by VARCHAR,
  -- when it may be claimed: past for what is due, the end of the lease while it is claimed, null
  -- when there is nothing left to do
  next_try TIMESTAMP WITH TIME ZONE,
  due_since TIMESTAMP WITH TIME ZONE NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT delivery_once UNIQUE (job_id)
);
CREATE INDEX delivery_due ON delivery (platform, next_try);
CREATE INDEX delivery_lane ON delivery (platform, lane, next_try);
CREATE INDEX delivery_open ON delivery (next_try);

-- Runs on H2 (MODE=PostgreSQL) and on PostgreSQL alike.
-- Texts are VARCHAR and not TEXT: H2 keeps TEXT as a large object outside of the row.

-- Somebody who draws. One person may come from several platforms.
CREATE TABLE person (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- Who a person is on one platform.
CREATE TABLE identity (
  platform VARCHAR NOT NULL,
  platform_id VARCHAR NOT NULL,
  person_id BIGINT NOT NULL,
  display_name VARCHAR NOT NULL,
  PRIMARY KEY (platform, platform_id)
);
CREATE INDEX identity_person ON identity (person_id);
ALTER TABLE identity ADD CONSTRAINT identity_is_of_person FOREIGN KEY (person_id) REFERENCES person (id);

-- One request to draw, from the moment it was accepted.
CREATE TABLE job (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id BIGINT NOT NULL,
  -- where it was asked for
  platform VARCHAR NOT NULL,
  channel VARCHAR NOT NULL,
  server VARCHAR,
  -- the whole request as JSON, and what is searched by
  request VARCHAR NOT NULL,
  model VARCHAR NOT NULL,
  prompt VARCHAR NOT NULL,
  seed BIGINT NOT NULL,
  -- QUEUED, RUNNING, DONE, FAILED, CANCELLED
  state VARCHAR(20) NOT NULL,
  -- the order of the queue: smallest finish tag first, then smallest id; both and the cost in pixel-steps
  cost BIGINT NOT NULL,
  start_tag BIGINT NOT NULL,
  finish_tag BIGINT NOT NULL,
  -- processes that died while they drew it
  attempts INTEGER DEFAULT 0 NOT NULL,
  -- whose claim this is and until when, where several processes share the queue
  lease_owner VARCHAR,
  lease_until TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE,
  finished_at TIMESTAMP WITH TIME ZONE,
  -- a phrase (code and arguments) and a list of phrases, as JSON
  failure VARCHAR,
  notices VARCHAR DEFAULT '[]' NOT NULL
);
CREATE INDEX job_next ON job (state, finish_tag, id);
CREATE INDEX job_history ON job (person_id, id);
CREATE INDEX job_unfinished ON job (person_id, state, id);
ALTER TABLE job ADD CONSTRAINT job_is_of_person FOREIGN KEY (person_id) REFERENCES person (id);

-- A finished picture; its file is named by the hash, and several rows may share one file.
CREATE TABLE picture (
  job_id BIGINT NOT NULL,
  picture_index INTEGER NOT NULL,
  seed BIGINT NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  bytes BIGINT NOT NULL,
  favourite BOOLEAN DEFAULT FALSE NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (job_id, picture_index)
);
CREATE INDEX picture_file ON picture (sha256);
ALTER TABLE picture ADD CONSTRAINT picture_is_of_job FOREIGN KEY (job_id) REFERENCES job (id) ON DELETE CASCADE;

-- The outbox: what has to be posted where. The nonce keeps a platform from showing a post twice.
CREATE TABLE delivery (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id BIGINT NOT NULL,
  destination VARCHAR NOT NULL,
  state VARCHAR(20) NOT NULL,
  nonce VARCHAR(64) NOT NULL,
  attempts INTEGER DEFAULT 0 NOT NULL,
  next_try TIMESTAMP WITH TIME ZONE NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT delivery_nonce UNIQUE (nonce)
);
CREATE INDEX delivery_due ON delivery (state, next_try);
CREATE INDEX delivery_job ON delivery (job_id);
ALTER TABLE delivery ADD CONSTRAINT delivery_is_of_job FOREIGN KEY (job_id) REFERENCES job (id) ON DELETE CASCADE;

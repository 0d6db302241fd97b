-- What a person has used of what they may ask for. The row is locked while a job of theirs is accepted, so that
-- two at once cannot exceed a limit.
CREATE TABLE person_use (
  person_id BIGINT PRIMARY KEY,
  -- jobs accepted since they were counted last, and those counted then: never fewer than are unfinished
  unfinished INTEGER NOT NULL,
  -- pixel-steps, and the day they are of
  spent BIGINT NOT NULL,
  quota_day DATE NOT NULL
);
ALTER TABLE person_use ADD CONSTRAINT person_use_is_of_person FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE;
-- The day whose quota has the job's cost, to be given back when it is not drawn.
ALTER TABLE job ADD COLUMN quota_day DATE;
-- How many jobs of a server wait, and which of them is next.
CREATE INDEX job_on_server ON job (platform, server, state, start_tag, id);

-- How fast a machine draws with a model: newer drawings count more. Work in pixel-steps.
CREATE TABLE drawing_speed (
  machine VARCHAR NOT NULL,
  model VARCHAR NOT NULL,
  work DOUBLE PRECISION NOT NULL,
  seconds DOUBLE PRECISION NOT NULL,
  drawn_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (machine, model)
);

-- Whether any picture of the job is a favourite, so that these are found without looking at all pictures.
ALTER TABLE job ADD COLUMN favourite BOOLEAN DEFAULT FALSE NOT NULL;
CREATE INDEX job_favourite ON job (person_id, favourite, id);
CREATE INDEX job_date ON job (person_id, created_at, id);

-- The language a person chose; without one they are answered in that of their platform.
ALTER TABLE person ADD COLUMN language VARCHAR(35);

-- What is left of a deleted job: whoever could see it is told that it was deleted.
CREATE TABLE deleted_job (
  job_id BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  platform VARCHAR NOT NULL,
  channel VARCHAR NOT NULL,
  server VARCHAR,
  deleted_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX deleted_job_person ON deleted_job (person_id);

-- A page of a search, as the line that lists it: a button is too short for words.
CREATE TABLE history_page (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id BIGINT NOT NULL,
  line VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX history_page_person ON history_page (person_id, id);

-- Codes that work once and not for long: to link identities (LINK), to confirm an erasure (FORGET).
CREATE TABLE one_time_code (
  code_hash VARCHAR(64) PRIMARY KEY,
  person_id BIGINT NOT NULL,
  purpose VARCHAR(20) NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  used BOOLEAN DEFAULT FALSE NOT NULL
);
CREATE INDEX one_time_code_person ON one_time_code (person_id, purpose, created_at);

-- Codes that were guessed wrong.
CREATE TABLE wrong_code (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id BIGINT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX wrong_code_person ON wrong_code (person_id, at);

-- People whose erasure has begun; what is not finished is finished at the next start.
CREATE TABLE erasure (
  person_id BIGINT PRIMARY KEY,
  begun_at TIMESTAMP WITH TIME ZONE NOT NULL
);

-- Commands that became jobs, by the number that their platform gave them: no number makes a second
-- job. No reference, as a number stays used when its job is gone.
CREATE TABLE chat_request (
  platform VARCHAR(20) NOT NULL,
  number VARCHAR(200) NOT NULL,
  job_id BIGINT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (platform, number)
);
CREATE INDEX chat_request_age ON chat_request (created_at);

-- Pictures that people want moderators to look at; each person says it once.
CREATE TABLE report (
  job_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  -- whose moderators see it
  platform VARCHAR NOT NULL,
  server VARCHAR NOT NULL,
  words VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  -- whether a moderator has seen to it
  settled BOOLEAN DEFAULT FALSE NOT NULL,
  PRIMARY KEY (job_id, person_id)
);
CREATE INDEX report_place ON report (platform, server, settled, job_id);
CREATE INDEX report_person ON report (person_id);
ALTER TABLE report ADD CONSTRAINT report_is_of_job FOREIGN KEY (job_id) REFERENCES job (id) ON DELETE CASCADE;

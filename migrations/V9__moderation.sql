-- Where a decision holds: platform and server, or both empty for everywhere.

-- Rules about the words of prompts; each row is only ever added and removed. The scope is that of a
-- server or of everywhere, the name the number that people call the rule by, the content JSON.
CREATE TABLE content_rule (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope VARCHAR(1000) NOT NULL,
  name VARCHAR(200) NOT NULL,
  content VARCHAR NOT NULL,
  CONSTRAINT content_rule_once UNIQUE (scope, name)
);
CREATE SEQUENCE content_rule_number;

-- Who may not draw, and until when.
CREATE TABLE ban (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  platform VARCHAR NOT NULL,
  server VARCHAR NOT NULL,
  -- who it was when it was decided; no reference, as it outlives them
  person_id BIGINT NOT NULL,
  person_name VARCHAR NOT NULL,
  kind VARCHAR(20) NOT NULL,
  reason VARCHAR NOT NULL,
  created_by BIGINT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ends_at TIMESTAMP WITH TIME ZONE,
  lifted_at TIMESTAMP WITH TIME ZONE
);
CREATE INDEX ban_place ON ban (platform, server, id);

-- All identities that a banned person was ever seen with: a ban holds for each of them.
CREATE TABLE ban_identity (
  platform VARCHAR NOT NULL,
  platform_id VARCHAR NOT NULL,
  ban_id BIGINT NOT NULL,
  PRIMARY KEY (platform, platform_id, ban_id)
);
CREATE INDEX ban_identity_ban ON ban_identity (ban_id);
ALTER TABLE ban_identity ADD CONSTRAINT ban_identity_is_of_ban FOREIGN KEY (ban_id) REFERENCES ban (id) ON DELETE CASCADE;

-- Who was a moderator of a server when last seen there: they cannot be banned there by others.
CREATE TABLE moderator_seen (
  platform VARCHAR NOT NULL,
  server VARCHAR NOT NULL,
  person_id BIGINT NOT NULL,
  PRIMARY KEY (platform, server, person_id)
);

-- Why a job is held, and who may release it.
CREATE TABLE review (
  job_id BIGINT NOT NULL PRIMARY KEY,
  platform VARCHAR NOT NULL,
  server VARCHAR NOT NULL,
  rule_id BIGINT NOT NULL,
  reason VARCHAR NOT NULL,
  -- whether a rule of whoever runs the program holds it
  by_operator BOOLEAN NOT NULL
);
CREATE INDEX review_place ON review (platform, server, job_id);
ALTER TABLE review ADD CONSTRAINT review_is_of_job FOREIGN KEY (job_id) REFERENCES job (id) ON DELETE CASCADE;

-- What moderators did. Rows are only ever added.
CREATE TABLE audit (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  platform VARCHAR NOT NULL,
  server VARCHAR NOT NULL,
  actor BIGINT NOT NULL,
  actor_name VARCHAR NOT NULL,
  action VARCHAR(20) NOT NULL,
  -- whom it was done to, and which rule, picture or setting
  person_id BIGINT,
  subject VARCHAR NOT NULL,
  reason VARCHAR NOT NULL
);
CREATE INDEX audit_place ON audit (platform, server, id);

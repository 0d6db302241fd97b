-- What Telegram calls a picture that it has already, so that it is not sent there again. Another
-- bot has other names: one that Telegram does not know is replaced.
CREATE TABLE telegram_file (
  job_id BIGINT NOT NULL,
  picture_index INTEGER NOT NULL,
  -- PHOTO or DOCUMENT
  form VARCHAR(20) NOT NULL,
  file_id VARCHAR NOT NULL,
  PRIMARY KEY (job_id, picture_index, form)
);
ALTER TABLE telegram_file ADD CONSTRAINT telegram_file_is_of_picture
  FOREIGN KEY (job_id, picture_index) REFERENCES picture (job_id, picture_index) ON DELETE CASCADE;

-- What is there already of a post of several messages that is not yet whole, by its nonce.
CREATE TABLE telegram_post (
  nonce VARCHAR(25) PRIMARY KEY,
  messages VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL
);
CREATE INDEX telegram_post_age ON telegram_post (created_at);

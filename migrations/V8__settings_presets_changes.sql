-- What is set in one scope, for example "channel:discord/12/34". A row for each value, so that two
-- people who set different things never undo each other.
CREATE TABLE scope_setting (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope VARCHAR(1000) NOT NULL,
  name VARCHAR(200) NOT NULL,
  content VARCHAR NOT NULL,
  CONSTRAINT scope_setting_once UNIQUE (scope, name)
);

-- A preset of a person, or of a server; the name as it is compared, the content as JSON.
CREATE TABLE preset (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope VARCHAR(1000) NOT NULL,
  name VARCHAR(200) NOT NULL,
  content VARCHAR NOT NULL,
  CONSTRAINT preset_once UNIQUE (scope, name)
);

-- What somebody changed. Content is what it was and what it became; NULL for nothing.
-- No reference to the person or to another change: both may be forgotten, and this stays.
CREATE TABLE change (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  person_id BIGINT NOT NULL,
  -- the scope whose people may see it: a server, a person, everywhere
  place VARCHAR(1000) NOT NULL,
  -- what kind of thing, and which of them
  kind VARCHAR(20) NOT NULL,
  entity VARCHAR(1300) NOT NULL,
  content_before VARCHAR,
  content_after VARCHAR,
  -- the change that this one takes back
  undoes BIGINT
);
CREATE INDEX change_of_place ON change (place, id);
CREATE INDEX change_of_person ON change (person_id, id);

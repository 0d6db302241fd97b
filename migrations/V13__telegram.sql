-- What Telegram has handed in. The content goes when it is dealt with; the number stays as long as
-- Telegram may hand it in again.
CREATE TABLE telegram_update (
  bot BIGINT NOT NULL,
  update_id BIGINT NOT NULL,
  content VARCHAR,
  begun BOOLEAN DEFAULT FALSE NOT NULL,
  received_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (bot, update_id)
);
CREATE INDEX telegram_update_received ON telegram_update (received_at);

-- Groups that became supergroups, which have other numbers.
CREATE TABLE telegram_move (
  old_chat BIGINT NOT NULL PRIMARY KEY,
  new_chat BIGINT NOT NULL
);

-- The lists of commands as they were last set.
CREATE TABLE telegram_menu (
  bot BIGINT NOT NULL,
  menu VARCHAR(40) NOT NULL,
  digest VARCHAR(64) NOT NULL,
  PRIMARY KEY (bot, menu)
);

-- The language that a platform last named for somebody, for when it names none.
ALTER TABLE identity ADD COLUMN seen_language VARCHAR(35);

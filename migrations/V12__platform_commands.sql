-- Which commands a platform was last told of, so that it is told again only when they change.
CREATE TABLE platform_commands (
  platform VARCHAR(100) NOT NULL,
  -- whose commands they are: the bot as the platform numbers it
  bot VARCHAR(100) NOT NULL,
  fingerprint VARCHAR(100) NOT NULL,
  PRIMARY KEY (platform, bot)
);

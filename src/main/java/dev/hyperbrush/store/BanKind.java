package dev.hyperbrush.store;

/** Whether a ban was meant for long. The names are what the database holds. */
public enum BanKind {
  BAN,
  TIMEOUT
}

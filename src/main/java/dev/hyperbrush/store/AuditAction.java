package dev.hyperbrush.store;

/** What a moderator can have done. The names are what the database holds. */
public enum AuditAction {
  BAN,
  TIMEOUT,
  UNBAN,
  CANCEL,
  DELETE,
  APPROVE,
  REJECT,
  REPORT,
  DISMISS,
  RULE_ADD,
  RULE_REMOVE,
  RULE_IMPORT,
  SETTINGS
}

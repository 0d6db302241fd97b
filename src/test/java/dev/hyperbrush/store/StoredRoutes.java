package dev.hyperbrush.store;

/** The ways on which jobs reach people, as they are stored now. */
public final class StoredRoutes {
  /** Whether some job's way contains this text. */
  public static boolean contain(Database database, String text) {
    return database.read(handle ->
        handle
            .createQuery("SELECT COUNT(*) > 0 FROM job WHERE route LIKE :text")
            .bind("text", "%" + text + "%")
            .mapTo(Boolean.class)
            .one());
  }

  private StoredRoutes() {}
}

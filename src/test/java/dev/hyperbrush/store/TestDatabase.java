package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

/** What a test can run on. */
public enum TestDatabase {
  H2 {
    @Override
    public StoreSettings settings(Path data) {
      return StoreSettings.embedded();
    }

    @Override
    public void lose(Database open, Path data) {
      assertThatThrownBy(() -> open.write(handle -> handle.execute("SHUTDOWN IMMEDIATELY")));
    }
  },
  POSTGRESQL {
    @Override
    public StoreSettings settings(Path data) {
      return TestPostgres.server().settings(data);
    }

    @Override
    public void lose(Database open, Path data) {
      TestPostgres.server().dropConnections(data);
    }
  };

  /** Names a database that belongs to this folder alone, empty the first time. */
  public abstract StoreSettings settings(Path data);

  /** Takes an open database's connections, or its file, away from it. */
  public abstract void lose(Database open, Path data);

  /** Opens the folder's own database, as the program would. */
  public Database open(Path data) {
    return Database.open(data, settings(data));
  }

  /** Runs a statement behind the program's back. */
  public void execute(Path data, String sql) {
    try (Database database = open(data)) {
      database.write(handle -> handle.execute(sql));
    }
  }
}

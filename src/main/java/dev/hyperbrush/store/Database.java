package dev.hyperbrush.store;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/**
 * The database, brought to the newest schema: H2 in a file, or PostgreSQL.
 *
 * <p>Thread-safe. What a call has committed when it returns outlives a killed process.
 */
public final class Database implements AutoCloseable {
  private final Engine engine;
  private final Identities identities;
  private volatile boolean closed;

  private Database(Engine engine) {
    this.engine = engine;
    this.identities = engine.isExclusive() ? Identities.remembering() : Identities.forgetful();
  }

  /**
   * Opens the database in the data folder, made when there is none.
   *
   * @throws Refusal when it is in use, damaged, of another version or cannot be written
   */
  public static Database open(Path dataFolder) {
    return open(dataFolder, StoreSettings.embedded());
  }

  /**
   * Opens the database that the settings name, or the one in the data folder when they name none.
   *
   * @throws Refusal when it cannot be had or used
   */
  public static Database open(Path dataFolder, StoreSettings settings) {
    Database database =
        new Database(
            settings
                .url()
                .<Engine>map(url -> PostgresServer.connect(url, settings))
                .orElseGet(() -> H2File.open(dataFolder)));
    try {
      database.migrate();
    } catch (FlywayException e) {
      database.close();
      throw database.refusal(e);
    }
    return database;
  }

  /** Whether there is one already, as far as that can be told without opening it. */
  public static boolean exists(Path dataFolder, StoreSettings settings) {
    return settings.url().isPresent() || Files.exists(H2File.path(dataFolder));
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(engine.forMigration())
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        .load()
        .migrate();
  }

  private Refusal refusal(FlywayException failure) {
    String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return engine
        .refusal(failure)
        .orElseGet(() ->
            new Refusal(
                Phrase.of(ReasonCode.DATABASE_OTHER_VERSION, engine.name(), reason), failure));
  }

  /** Whether this process has it alone. */
  public boolean isExclusive() {
    return engine.isExclusive();
  }

  /** What all who look people up in this database share. */
  Identities identities() {
    return identities;
  }

  /** Reads; works on a full disk too. */
  <T> T read(HandleCallback<T, RuntimeException> work) {
    return run(() -> engine.read(work));
  }

  /**
   * Runs {@code work} in one transaction, which is rolled back when it throws.
   *
   * @param work may be run on another thread, and again when it lost against another transaction:
   *     it does nothing but ask the database
   */
  <T> T write(HandleCallback<T, RuntimeException> work) {
    engine.requireRoom(Disk.ROOM_FOR_DATABASE);
    return run(() -> engine.write(work));
  }

  /** As {@link #write}, for what makes more to be written later. */
  <T> T beginWork(HandleCallback<T, RuntimeException> work) {
    engine.requireRoom(Disk.ROOM_FOR_WORK);
    return run(() -> engine.write(work));
  }

  private <T> T run(Supplier<T> work) {
    if (closed) {
      throw new IllegalStateException("the database " + engine.name() + " is closed");
    }
    try {
      return work.get();
    } catch (JdbiException e) {
      if (closed) { // meanwhile
        throw new IllegalStateException("the database " + engine.name() + " is closed", e);
      }
      throw engine.refusal(e).<RuntimeException>map(refusal -> refusal).orElse(e);
    }
  }

  /** Copies it into a zip file, see {@link Engine#copyTo}. */
  void copyTo(Path zip) {
    engine.copyTo(zip);
  }

  /** Closes it; a file also gives back unused space. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      engine.close();
    }
  }
}

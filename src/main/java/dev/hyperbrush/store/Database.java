package dev.hyperbrush.store;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The database, brought to the newest schema.
 *
 * <p>Thread-safe. What a call has committed when it returns outlives a killed process.
 */
public final class Database implements AutoCloseable {
  private final H2File file;
  private final DataSource source;
  private final Jdbi jdbi;
  private volatile boolean closed;

  private Database(H2File file) {
    this.file = file;
    this.source = file.open();
    this.jdbi = Jdbi.create(source);
  }

  /**
   * Opens the database in the data folder, made when there is none.
   *
   * @throws Refusal when it is in use, damaged, of another version or cannot be written
   */
  public static Database open(Path dataFolder) {
    Database database = new Database(new H2File(dataFolder));
    try {
      database.migrate();
    } catch (FlywayException e) {
      database.close();
      throw database.refusal(e);
    }
    return database;
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        .load()
        .migrate();
  }

  private Refusal refusal(FlywayException failure) {
    Optional<IOException> io = Causes.find(failure, IOException.class);
    if (io.isPresent()) {
      return Disk.refusal(io.get(), file.path());
    }
    String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return new Refusal(Phrase.of(ReasonCode.DATABASE_OTHER_VERSION, file.path(), reason), failure);
  }

  /** Reads; works on a full disk too. */
  <T> T read(HandleCallback<T, RuntimeException> work) {
    return transaction(work);
  }

  /** Runs {@code work} in one transaction, which is rolled back when it throws. */
  <T> T write(HandleCallback<T, RuntimeException> work) {
    Disk.requireRoom(file.path(), Disk.ROOM_FOR_DATABASE);
    return transaction(work);
  }

  /** As {@link #write}, for what makes more to be written later. */
  <T> T beginWork(HandleCallback<T, RuntimeException> work) {
    Disk.requireRoom(file.path(), Disk.ROOM_FOR_WORK);
    return transaction(work);
  }

  private <T> T transaction(HandleCallback<T, RuntimeException> work) {
    if (closed) {
      throw new IllegalStateException("the database " + file.path() + " is closed");
    }
    try {
      return jdbi.inTransaction(work);
    } catch (JdbiException e) {
      IOException io = Causes.find(e, IOException.class).orElseThrow(() -> e);
      throw Disk.refusal(io, file.path());
    }
  }

  /** Closes the file, which also gives back unused space. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      file.close(source);
    }
  }
}

package dev.hyperbrush.store;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database: an H2 file that one process at a time has open, brought to the newest schema.
 *
 * <p>Thread-safe. What a call has committed when it returns outlives a killed process.
 */
public final class Database implements AutoCloseable {
  /**
   * WRITE_DELAY=0: by default H2 writes a commit half a second later, and a kill loses it.
   * DB_CLOSE_DELAY: stay open between connections. DB_CLOSE_ON_EXIT: our orderly stop closes, after
   * the last picture is stored. TRACE_LEVEL_FILE: errors go to our log, not to a file of its own.
   * The rest makes H2 read SQL as PostgreSQL does.
   */
  private static final String SETTINGS =
      ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
          + ";LOCK_TIMEOUT=10000"
          + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

  /** The two headers of an H2 file. */
  private static final int HEADER_BYTES = 8192;

  /** What a damaged file is to be renamed to. */
  private static final String DAMAGED_NAME = "damaged.mv.db";

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final Path file;
  private final DataSource source;
  private final Jdbi jdbi;
  private volatile boolean closed;

  private Database(Path file, DataSource source) {
    this.file = file;
    this.source = source;
    this.jdbi = Jdbi.create(source);
  }

  /**
   * Opens {@code db/hyperbrush.mv.db} in the data folder, made when there is none.
   *
   * @throws Refusal when it is in use, damaged or cannot be written
   */
  public static Database open(Path dataFolder) {
    Path folder = dataFolder.toAbsolutePath().normalize().resolve("db");
    Path file = folder.resolve("hyperbrush.mv.db");
    if (file.toString().contains(";")) { // would begin a setting in the URL
      throw new Refusal(ReasonCode.STORAGE_NOT_WRITABLE, folder, "its name contains a ';'");
    }
    try {
      Files.createDirectories(folder);
      Disk.requireRoom(folder, Disk.ROOM_FOR_DATABASE);
      if (Files.exists(file) && !Files.isWritable(file)) { // H2 would open it for reading only
        throw new Refusal(ReasonCode.STORAGE_NOT_WRITABLE, file, "no permission to write");
      }
      if (lacksWhatItsHeaderPromises(file)) {
        throw new Refusal(ReasonCode.DATABASE_DAMAGED, file, DAMAGED_NAME);
      }
    } catch (IOException e) {
      throw Disk.refusal(e, folder);
    }
    DataSource source = source(folder.resolve("hyperbrush"));
    try (Connection _ = source.getConnection()) {
      migrate(source);
    } catch (SQLException e) {
      throw openRefusal(e, file);
    } catch (FlywayException e) {
      throw migrateRefusal(e, file);
    }
    return new Database(file, source);
  }

  /** Connections are not pooled: in H2 they are cheap, and a fresh one survives a lost database. */
  private static DataSource source(Path name) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:file:" + name + SETTINGS);
    source.setUser("hyperbrush");
    return source;
  }

  private static void migrate(DataSource source) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .failOnMissingLocations(true)
        .load()
        .migrate();
  }

  /**
   * Of a file that is cut or overwritten behind its headers, H2 opens an older state or takes it
   * for a new one, and overwrites the rest. So look first, for reading only. Whatever else is wrong
   * with the file, opening it will tell.
   */
  private static boolean lacksWhatItsHeaderPromises(Path file) throws IOException {
    if (Files.notExists(file) || Files.size(file) <= HEADER_BYTES) {
      return false;
    }
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
      Map<String, Object> header = store.getStoreHeader();
      boolean older = store.getCurrentVersion() < DataUtils.readHexLong(header, "version", 0);
      // After a power cut the header may be ahead of the rest, and an older state is the best one.
      return older && (header.containsKey("clean") || store.getMapNames().isEmpty());
    } catch (MVStoreException e) {
      return false;
    }
  }

  private static Refusal openRefusal(SQLException failure, Path file) {
    Optional<IOException> io = cause(failure, IOException.class);
    if (failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return refusal(failure, ReasonCode.DATABASE_IN_USE, file);
    } else if (io.isPresent() && !(io.get() instanceof EOFException)) {
      return Disk.refusal(io.get(), file);
    }
    return refusal(failure, ReasonCode.DATABASE_DAMAGED, file, DAMAGED_NAME);
  }

  private static Refusal migrateRefusal(FlywayException failure, Path file) {
    Optional<IOException> io = cause(failure, IOException.class);
    if (io.isPresent()) {
      return Disk.refusal(io.get(), file);
    }
    String reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return refusal(failure, ReasonCode.DATABASE_OTHER_VERSION, file, reason);
  }

  /** Reads; works on a full disk too. */
  <T> T read(HandleCallback<T, RuntimeException> work) {
    return transaction(work);
  }

  /** Runs {@code work} in one transaction, which is rolled back when it throws. */
  <T> T write(HandleCallback<T, RuntimeException> work) {
    Disk.requireRoom(file, Disk.ROOM_FOR_DATABASE);
    return transaction(work);
  }

  /** As {@link #write}, for what makes more to be written later. */
  <T> T beginWork(HandleCallback<T, RuntimeException> work) {
    Disk.requireRoom(file, Disk.ROOM_FOR_WORK);
    return transaction(work);
  }

  private <T> T transaction(HandleCallback<T, RuntimeException> work) {
    if (closed) {
      throw new IllegalStateException("the database " + file + " is closed");
    }
    try {
      return jdbi.inTransaction(work);
    } catch (JdbiException e) {
      IOException io = cause(e, IOException.class).orElseThrow(() -> e);
      throw Disk.refusal(io, file);
    }
  }

  /** Closes the file, which also gives back unused space. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      log.warn("The database {} was not closed in order; nothing is lost", file, e);
    }
  }

  private static Refusal refusal(Throwable cause, ReasonCode code, Object... args) {
    return new Refusal(Phrase.of(code, args), cause);
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}

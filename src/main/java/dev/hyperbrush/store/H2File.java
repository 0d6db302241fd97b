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
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code db/hyperbrush.mv.db} in the data folder, opened by H2 in this process alone.
 *
 * <p>Thread-safe. Connections are not pooled: in H2 they are cheap, and a fresh one survives a lost
 * database.
 */
final class H2File implements Engine {
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

  private static final String NAME = "hyperbrush";
  private static final String SUFFIX = ".mv.db";

  /** The two headers of an H2 file. */
  private static final int HEADER_BYTES = 8192;

  private static final Logger log = LoggerFactory.getLogger(H2File.class);

  private final Path path;
  private final JdbcDataSource source = new JdbcDataSource();
  private final Jdbi jdbi = Jdbi.create(source);

  private H2File(Path dataFolder) {
    this.path = dataFolder.toAbsolutePath().normalize().resolve("db").resolve(NAME + SUFFIX);
    source.setURL("jdbc:h2:file:" + path.resolveSibling(NAME) + SETTINGS);
    source.setUser("hyperbrush");
  }

  /**
   * Opens it, making it when there is none.
   *
   * @throws Refusal when it is in use, damaged or cannot be written
   */
  static H2File open(Path dataFolder) {
    H2File file = new H2File(dataFolder);
    file.check();
    try (Connection _ = file.source.getConnection()) {
      return file;
    } catch (SQLException e) {
      throw file.unusable(e);
    }
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public boolean isExclusive() {
    return true;
  }

  @Override
  public DataSource forMigration() {
    return source;
  }

  @Override
  public void requireRoom(long bytes) {
    Disk.requireRoom(path, bytes);
  }

  @Override
  public <T> T read(HandleCallback<T, RuntimeException> work) {
    return jdbi.inTransaction(work);
  }

  @Override
  public <T> T write(HandleCallback<T, RuntimeException> work) {
    return jdbi.inTransaction(work);
  }

  @Override
  public Optional<Refusal> refusal(Throwable failure) {
    return Causes.find(failure, IOException.class).map(io -> Disk.refusal(io, path));
  }

  private void check() {
    Path folder = path.resolveSibling("");
    if (path.toString().contains(";")) { // would begin a setting in the URL
      throw new Refusal(ReasonCode.STORAGE_NOT_WRITABLE, folder, "its name contains a ';'");
    }
    try {
      Files.createDirectories(folder);
      Disk.requireRoom(folder, Disk.ROOM_FOR_DATABASE);
      if (Files.exists(path) && !Files.isWritable(path)) { // H2 would open it for reading only
        throw new Refusal(ReasonCode.STORAGE_NOT_WRITABLE, path, "no permission to write");
      }
      if (lacksWhatItsHeaderPromises()) {
        throw new Refusal(damaged(), null);
      }
    } catch (IOException e) {
      throw Disk.refusal(e, folder);
    }
  }

  /**
   * Of a file that is cut or overwritten behind its headers, H2 opens an older state or takes it
   * for a new one, and overwrites the rest. So look first, for reading only. Whatever else is wrong
   * with the file, opening it will tell.
   */
  private boolean lacksWhatItsHeaderPromises() throws IOException {
    if (Files.notExists(path) || Files.size(path) <= HEADER_BYTES) {
      return false;
    }
    try (MVStore store = new MVStore.Builder().fileName(path.toString()).readOnly().open()) {
      Map<String, Object> header = store.getStoreHeader();
      boolean older = store.getCurrentVersion() < DataUtils.readHexLong(header, "version", 0);
      // After a power cut the header may be ahead of the rest, and an older state is the best one.
      return older && (header.containsKey("clean") || store.getMapNames().isEmpty());
    } catch (MVStoreException e) {
      return false;
    }
  }

  private Refusal unusable(SQLException failure) {
    Optional<IOException> io = Causes.find(failure, IOException.class);
    if (failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return new Refusal(Phrase.of(ReasonCode.DATABASE_IN_USE, path), failure);
    } else if (io.isPresent() && !(io.get() instanceof EOFException)) {
      return Disk.refusal(io.get(), path);
    }
    return new Refusal(damaged(), failure);
  }

  private Phrase damaged() {
    return Phrase.of(ReasonCode.DATABASE_DAMAGED, path, "damaged" + SUFFIX);
  }

  /** Also gives back unused space. */
  @Override
  public void close() {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      log.warn("The database {} was not closed in order; nothing is lost", path, e);
    }
  }
}

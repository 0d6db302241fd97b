package dev.hyperbrush.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code db/hyperbrush.mv.db} in the data folder, opened by H2 in this process alone.
 *
 * <p>Thread-safe. All writing goes through one connection, which shares commits.
 */
final class H2File implements Engine {
  /**
   * WRITE_DELAY=0: by default H2 writes a commit half a second later, and a kill loses it. Measured
   * with this version, 2.4.240: by default, 166 of 175 kills lost acknowledged commits, up to
   * 11,663 of them; with 0, none of 220 did. (2.5.252 loses some even with 0: see pom.xml.)
   * DB_CLOSE_DELAY: stay open between connections. DB_CLOSE_ON_EXIT: our orderly stop closes, after
   * the last picture is stored. TRACE_LEVEL_FILE: errors go to our log, not to a file of its own.
   * QUERY_CACHE_SIZE: enough for all statements there are. The rest makes H2 read SQL as PostgreSQL
   * does.
   */
  private static final String SETTINGS =
      ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
          + ";LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=128"
          + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

  private static final String NAME = "hyperbrush";
  private static final String SUFFIX = ".mv.db";

  /** The two headers of an H2 file. */
  private static final int HEADER_BYTES = 8192;

  /** Reads at the same time: they come from memory, and more than the cores only wait. */
  private static final int READERS = 2 * Runtime.getRuntime().availableProcessors();

  private static final Set<Integer> CLOSED =
      Set.of(
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.OBJECT_CLOSED);

  private static final Logger log = LoggerFactory.getLogger(H2File.class);

  private final Path path;
  private final JdbcDataSource source;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final GroupCommit writes;

  private H2File(Path path, JdbcDataSource source) {
    this.path = path;
    this.source = source;
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setDataSource(source);
    config.setMaximumPoolSize(READERS);
    config.setMinimumIdle(1);
    this.pool = new HikariDataSource(config);
    this.jdbi = Jdbi.create(pool);
    this.writes = GroupCommit.start(source);
  }

  /**
   * Opens it, making it when there is none.
   *
   * @throws Refusal when it is in use, damaged or cannot be written
   */
  static H2File open(Path dataFolder) {
    Path path = path(dataFolder);
    check(path);
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:file:" + path.resolveSibling(NAME) + SETTINGS);
    source.setUser("hyperbrush");
    try (Connection _ = source.getConnection()) {
      return new H2File(path, source);
    } catch (SQLException e) {
      throw unusable(path, e);
    }
  }

  /** Where it lies. */
  static Path path(Path dataFolder) {
    return dataFolder.toAbsolutePath().normalize().resolve("db").resolve(NAME + SUFFIX);
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
    if (writes.isWithin()) {
      return writes.write(work); // sees what it wrote itself
    }
    try {
      return jdbi.inTransaction(work);
    } catch (JdbiException e) {
      if (!isLost(e)) {
        throw e;
      }
      pool.getHikariPoolMXBean().softEvictConnections();
      return jdbi.inTransaction(work);
    }
  }

  /**
   * H2 closes a database whose file failed it, as when a thread is interrupted that reads from it.
   * The next connection opens it again.
   */
  private static boolean isLost(JdbiException failure) {
    return Causes.find(failure, SQLException.class)
        .map(SQLException::getErrorCode)
        .filter(CLOSED::contains)
        .isPresent();
  }

  @Override
  public <T> T write(HandleCallback<T, RuntimeException> work) {
    try {
      return writes.write(work);
    } catch (TransactionException e) {
      throw e; // whatever was to be committed may be
    } catch (JdbiException e) {
      if (writes.isWithin() || !isLost(e)) {
        throw e;
      }
      return writes.write(work);
    }
  }

  @Override
  public void copyTo(Path zip) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement("BACKUP TO ?")) {
      statement.setString(1, zip.toString());
      statement.execute();
    } catch (SQLException e) {
      throw refusal(e).orElseThrow(() -> new IllegalStateException("the copy failed", e));
    }
  }

  @Override
  public Optional<Refusal> refusal(Throwable failure) {
    return Causes.find(failure, IOException.class).map(io -> Disk.refusal(io, path));
  }

  private static void check(Path path) {
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
      if (lacksWhatItsHeaderPromises(path)) {
        throw new Refusal(damaged(path), null);
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
  private static boolean lacksWhatItsHeaderPromises(Path path) throws IOException {
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

  private static Refusal unusable(Path path, SQLException failure) {
    Optional<IOException> io = Causes.find(failure, IOException.class);
    if (failure.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return new Refusal(Phrase.of(ReasonCode.DATABASE_IN_USE, path), failure);
    } else if (io.isPresent() && !(io.get() instanceof EOFException)) {
      return Disk.refusal(io.get(), path);
    }
    return new Refusal(damaged(path), failure);
  }

  private static Phrase damaged(Path path) {
    return Phrase.of(ReasonCode.DATABASE_DAMAGED, path, "damaged" + SUFFIX);
  }

  /** Also gives back unused space. */
  @Override
  public void close() {
    writes.close();
    pool.close();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException e) {
      log.warn("The database {} was not closed in order; nothing is lost", path, e);
    }
  }
}

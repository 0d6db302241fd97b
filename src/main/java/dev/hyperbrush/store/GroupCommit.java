package dev.hyperbrush.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Lets all who write at the same time share one commit, since in H2 each costs about a millisecond,
 * however little it writes: whoever comes while one is under way is in the next (group commit;
 * David J. DeWitt et al.: "Implementation Techniques for Main Memory Database Systems", SIGMOD
 * 1984).
 *
 * <p>Works run one after the other, in the order in which they came, on one thread, which also
 * spares them from waiting for each other's locks. One that throws is rolled back alone. Nobody
 * returns before the commit. A work must not wait for anything that another work has yet to do.
 *
 * <p>Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
  /** Works in one transaction: whoever came first does not wait for the thousandth. */
  private static final int MOST = 128;

  private static final String NOT_ITS_OWN =
      "a work shares its transaction with others: it may only end, throw, or roll itself back";

  private final DataSource source;
  private final Jdbi jdbi = Jdbi.create(new Lent());
  private final BlockingQueue<Call<?>> waiting = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closed;

  /** Kept from one transaction to the next, unless one failed; owned by the thread. */
  private @Nullable Connection connection;

  /** Of that connection; owned by the thread. */
  private KeptStatements statements = new KeptStatements();

  /** Before the work that is running; owned by the thread. */
  private @Nullable Savepoint before;

  private GroupCommit(DataSource source) {
    this.source = source;
    jdbi.setTransactionHandler(new Part());
    jdbi.setStatementBuilderFactory(lent -> statements);
    jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    // Of the platform, as virtual ones would have to wait for the disk two at a time.
    thread = Thread.ofPlatform().name("database").daemon().unstarted(this::run);
  }

  /** Starts its thread. */
  static GroupCommit start(DataSource source) {
    GroupCommit group = new GroupCommit(source);
    group.thread.start();
    return group;
  }

  /** How many works have not begun. */
  int waiting() {
    return waiting.size();
  }

  /** Whether a work of this group is asking. */
  boolean isWithin() {
    return Thread.currentThread().equals(thread);
  }

  /**
   * Runs a work; it is committed when this returns, rolled back when this throws.
   *
   * @throws TransactionException when the commit failed; it may have happened all the same
   */
  <T> T write(HandleCallback<T, RuntimeException> work) {
    if (isWithin()) {
      return jdbi.withHandle(work); // a part of the work that is running
    }
    Call<T> call = new Call<>(work);
    waiting.add(call);
    if (closed && waiting.remove(call)) {
      throw new IllegalStateException("closed");
    }
    return call.await();
  }

  private void run() {
    List<Call<?>> calls = new ArrayList<>();
    try {
      while (!closed || !waiting.isEmpty()) {
        calls.add(waiting.take());
        waiting.drainTo(calls, MOST - 1);
        commit(calls);
        calls.clear();
      }
    } catch (InterruptedException e) {
      throw new AssertionError("nobody knows this thread", e);
    } finally {
      disconnect();
      ended.complete(null);
    }
  }

  private void commit(List<Call<?>> calls) {
    try {
      runAll(calls);
      end();
      calls.forEach(Call::committed);
    } catch (Throwable failure) {
      disconnect(); // which rolls back
      calls.forEach(call -> call.failed(failure));
    }
  }

  /** Throws a ConnectionException where none of the works can have been committed. */
  private void runAll(List<Call<?>> calls) {
    try {
      Connection connected = connect();
      for (Call<?> call : calls) {
        run(call, connected);
      }
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  private void end() {
    try {
      Objects.requireNonNull(connection).commit();
    } catch (SQLException e) {
      throw new TransactionException("cannot be committed", e);
    }
  }

  private void run(Call<?> call, Connection connected) throws SQLException {
    before = connected.setSavepoint("work");
    try {
      call.run(jdbi);
    } catch (Throwable thrown) {
      call.threw(thrown);
      connected.rollback(before);
    }
  }

  private Connection connect() throws SQLException {
    Connection kept = connection;
    if (kept != null && kept.isValid(0)) {
      return kept;
    }
    disconnect();
    Connection fresh = source.getConnection();
    connection = fresh;
    statements = new KeptStatements();
    fresh.setAutoCommit(false);
    return fresh;
  }

  private void disconnect() {
    Connection kept = connection;
    connection = null;
    try {
      if (kept != null) {
        kept.rollback();
        kept.close();
      }
    } catch (SQLException lost) {
      // It is rolled back all the same.
    }
  }

  /** Waits until all that was asked for is done. */
  @Override
  public void close() {
    closed = true;
    waiting.add(new Call<>(handle -> "the end"));
    ended.join();
  }

  /** What one caller wants, and how it ended. Handed from the caller to the thread and back. */
  private static final class Call<T> {
    private final HandleCallback<T, RuntimeException> work;
    private final CompletableFuture<T> end = new CompletableFuture<>();
    private Runnable atCommit = () -> {};
    private @Nullable Throwable atFailure;

    Call(HandleCallback<T, RuntimeException> work) {
      this.work = work;
    }

    void run(Jdbi jdbi) {
      T result = jdbi.withHandle(work);
      atCommit = () -> end.complete(result);
    }

    /** Told with the others: it may be about what another work wrote, and not be true before. */
    void threw(Throwable thrown) {
      atFailure = thrown;
      atCommit = () -> end.completeExceptionally(thrown);
    }

    void committed() {
      atCommit.run();
    }

    /** What a work threw itself stays the reason. */
    void failed(Throwable thrown) {
      end.completeExceptionally(atFailure == null ? thrown : atFailure);
    }

    T await() {
      try {
        return end.join(); // whoever is interrupted still has to know how it ended
      } catch (CompletionException e) {
        switch (e.getCause()) {
          case RuntimeException failure -> throw failure;
          case Error failure -> throw failure;
          case null, default -> throw e; // works throw nothing else
        }
      }
    }
  }

  /** Handles on the one connection. */
  private final class Lent implements ConnectionFactory {
    @Override
    public Connection openConnection() {
      return Objects.requireNonNull(connection);
    }

    @Override
    public void closeConnection(Connection lent) {}
  }

  /** What a work can do with its transaction, which is a part of a larger one. */
  private final class Part implements TransactionHandler {
    @Override
    public boolean isInTransaction(Handle handle) {
      return true;
    }

    @Override
    public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> work)
        throws X {
      return work.withHandle(handle);
    }

    @Override
    public <R, X extends Exception> R inTransaction(
        Handle handle, TransactionIsolationLevel level, HandleCallback<R, X> work) throws X {
      return work.withHandle(handle);
    }

    @Override
    public void rollback(Handle handle) {
      try {
        handle.getConnection().rollback(before);
      } catch (SQLException e) {
        throw new TransactionException(e);
      }
    }

    @Override
    public void begin(Handle handle) {
      throw new TransactionException(NOT_ITS_OWN);
    }

    @Override
    public void commit(Handle handle) {
      throw new TransactionException(NOT_ITS_OWN);
    }

    @Override
    public void savepoint(Handle handle, String name) {
      throw new TransactionException(NOT_ITS_OWN);
    }

    @Override
    public void rollbackToSavepoint(Handle handle, String name) {
      throw new TransactionException(NOT_ITS_OWN);
    }

    @Override
    public void releaseSavepoint(Handle handle, String name) {
      throw new TransactionException(NOT_ITS_OWN);
    }
  }
}

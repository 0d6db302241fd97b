package dev.hyperbrush.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GroupCommitTest {
  private final JdbcDataSource source = new JdbcDataSource();
  private Jdbi others;
  private GroupCommit group;

  @BeforeEach
  void start() {
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    others = Jdbi.create(source);
    others.useHandle(handle -> handle.execute("CREATE TABLE note (word VARCHAR PRIMARY KEY)"));
    group = GroupCommit.start(source);
  }

  @AfterEach
  void close() {
    group.close();
    lose();
  }

  /** As after a failure of its file; in memory, nothing is left. */
  private void lose() {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static int add(Handle handle, String word) {
    return handle.execute("INSERT INTO note VALUES (?)", word);
  }

  /** What others see. */
  private List<String> notes() {
    return others.withHandle(handle ->
        handle.createQuery("SELECT word FROM note ORDER BY word").mapTo(String.class).list());
  }

  @Test
  void whatReturnsIsCommitted() {
    assertThat(group.<Integer>write(handle -> add(handle, "one"))).isEqualTo(1);
    assertThat(notes()).containsExactly("one");
  }

  @Test
  void whoComesDuringACommitSharesTheNext() {
    List<CompletableFuture<String>> transactions =
        together(List.of(GroupCommitTest::transaction, GroupCommitTest::transaction));
    assertThat(transactions.get(0).join()).isEqualTo(transactions.get(1).join());
    assertThat(group.write(GroupCommitTest::transaction))
        .isNotEqualTo(transactions.getFirst().join());
  }

  private static String transaction(Handle handle) {
    add(handle, UUID.randomUUID().toString()); // one that only reads has no number
    return handle.createQuery("SELECT TRANSACTION_ID()").mapTo(String.class).one();
  }

  @Test
  void aWorkThatThrowsIsRolledBackAlone() {
    List<CompletableFuture<Integer>> ends =
        together(
            List.of(
                handle -> add(handle, "before"),
                handle -> {
                  add(handle, "bad");
                  throw new IllegalArgumentException("no such word");
                },
                handle -> {
                  add(handle, "worse");
                  throw new AssertionError("a bug");
                },
                handle -> add(handle, "before"),
                handle -> add(handle, "behind")));

    assertThat(ends.get(0).join()).isEqualTo(1);
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> ends.get(1).join())
        .havingCause()
        .isInstanceOf(IllegalArgumentException.class)
        .withMessage("no such word");
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> ends.get(2).join())
        .withCauseInstanceOf(AssertionError.class);
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> ends.get(3).join())
        .withCauseInstanceOf(JdbiException.class);
    assertThat(ends.get(4).join()).isEqualTo(1);
    assertThat(notes()).containsExactly("before", "behind", "first");
  }

  /** Statements are kept for the next who needs the same. */
  @Test
  void whatAFailedStatementWasGivenIsNotDoneLater() {
    assertThatExceptionOfType(JdbiException.class)
        .isThrownBy(() -> group.write(handle -> addAll(handle, "one", "two", "one")));
    group.write(handle -> addAll(handle, "three"));
    assertThat(notes()).containsExactly("three");
  }

  private static int[] addAll(Handle handle, String... words) {
    PreparedBatch batch = handle.prepareBatch("INSERT INTO note VALUES (?)");
    for (String word : words) {
      batch.add(word);
    }
    return batch.execute();
  }

  @Test
  void theSameStatementMayBeInUseTwice() {
    group.write(handle -> addAll(handle, "one", "two"));
    List<String> pairs =
        group.write(handle ->
            handle
                .createQuery("SELECT word FROM note ORDER BY word")
                .map((row, _) -> row.getString(1) + all(handle))
                .list());
    assertThat(pairs).containsExactly("one[one, two]", "two[one, two]");
  }

  private static List<String> all(Handle handle) {
    return handle.createQuery("SELECT word FROM note ORDER BY word").mapTo(String.class).list();
  }

  @Test
  void aWorkMayRollItselfBackAndGoOn() {
    together(
            List.of(
                handle -> add(handle, "before"),
                handle -> {
                  add(handle, "undone");
                  handle.rollback();
                  return add(handle, "instead");
                }))
        .forEach(CompletableFuture::join);
    assertThat(notes()).containsExactly("before", "first", "instead");
  }

  @Test
  void aWorkCannotEndTheTransactionOfOthers() {
    assertThatExceptionOfType(TransactionException.class)
        .isThrownBy(() ->
            group.write(handle -> {
              add(handle, "early");
              return handle.commit();
            }))
        .withMessageContaining("shares");
    assertThat(notes()).isEmpty();
  }

  @Test
  void aWorkWithinAnotherIsAPartOfIt() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            group.write(handle -> {
              group.<Integer>write(inner -> add(inner, "inner"));
              assertThat(group.isWithin()).isTrue();
              throw new IllegalStateException("outer");
            }));
    assertThat(group.isWithin()).isFalse();
    assertThat(notes()).isEmpty();
  }

  @Test
  void comesBackFromALostDatabase() {
    group.<Integer>write(handle -> add(handle, "lost"));
    lose();
    others.useHandle(handle -> handle.execute("CREATE TABLE note (word VARCHAR PRIMARY KEY)"));

    group.<Integer>write(handle -> add(handle, "found"));

    assertThat(notes()).containsExactly("found");
  }

  @Test
  void whoCannotBeCommittedIsToldAndTheNextIsNotAffected() {
    List<CompletableFuture<Integer>> ends =
        together(
            List.of(
                handle -> add(handle, "innocent"),
                handle -> {
                  lose();
                  return 1;
                },
                handle -> add(handle, "behind")));
    for (CompletableFuture<Integer> end : ends) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(end::join)
          .withCauseInstanceOf(JdbiException.class);
    }
    others.useHandle(handle -> handle.execute("CREATE TABLE note (word VARCHAR PRIMARY KEY)"));
    group.<Integer>write(handle -> add(handle, "next"));
    assertThat(notes()).containsExactly("next");
  }

  @Test
  void anInterruptedCallerStillHearsTheEnd() {
    Thread.currentThread().interrupt();
    assertThat(group.<Integer>write(handle -> add(handle, "one"))).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatWasAskedForBeforeTheEndIsDone() {
    List<CompletableFuture<Integer>> ends = together(List.of(handle -> add(handle, "last")));
    group.close();
    assertThat(ends.getFirst().join()).isEqualTo(1);
    assertThatIllegalStateException()
        .isThrownBy(() -> group.<Integer>write(handle -> add(handle, "late")));
    assertThat(notes()).containsExactly("first", "last");
  }

  /** Begins works, in this order, while another is under way. */
  private <T> List<CompletableFuture<T>> together(List<HandleCallback<T, RuntimeException>> works) {
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Integer> first =
        begin(handle -> {
          begun.countDown();
          awaitLatch(mayEnd);
          return add(handle, "first");
        });
    awaitLatch(begun);
    List<CompletableFuture<T>> ends = new ArrayList<>();
    for (HandleCallback<T, RuntimeException> work : works) {
      ends.add(begin(work));
      await().until(() -> group.waiting() == ends.size());
    }
    mayEnd.countDown();
    first.join();
    return ends;
  }

  private <T> CompletableFuture<T> begin(HandleCallback<T, RuntimeException> work) {
    return CompletableFuture.supplyAsync(() -> group.write(work), Thread::startVirtualThread);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

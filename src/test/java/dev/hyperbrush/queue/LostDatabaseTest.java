package dev.hyperbrush.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.OnEachDatabase;
import dev.hyperbrush.store.TestDatabase;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** A database that goes away while jobs are drawn, and comes back, costs none of them. */
@OnEachDatabase
final class LostDatabaseTest {
  @Parameter private TestDatabase kind;
  @TempDir private Path data;

  @Test
  void noJobIsLostOrDrawnTwice() {
    Queue<Long> drawn = new ConcurrentLinkedQueue<>();
    PlainPictures plain = new PlainPictures();
    try (OpenQueue open = new OpenQueue(kind, data)) {
      Job first = open.submit(1);
      Job second = open.submit(2);
      open.work((request, listener, cancellation) -> {
        drawn.add(request.seed().value());
        if (request.seed().value() == 1) { // before anything is stored on another thread
          kind.lose(open.database, data);
        }
        return plain.generate(request, listener, cancellation);
      });

      open.awaitState(second.id(), JobState.DONE);

      assertThat(open.find(first.id()).state()).isEqualTo(JobState.DONE);
      assertThat(open.queue.pictures(first.id())).hasSize(1);
      assertThat(drawn).containsExactly(1L, 2L);
    }
  }
}

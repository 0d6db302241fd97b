package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperbrush.chat.telegram.Incoming.Pressed;
import dev.hyperbrush.chat.telegram.Incoming.Said;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.TelegramUpdateDao;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.telegram.telegrambots.meta.api.objects.Update;

/** Each update counts once, whatever ends the process that took it. */
final class InboxTest {
  private static final long BOT = 99;

  @TempDir private Path data;
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private volatile CountDownLatch free = new CountDownLatch(1);
  private Database database;
  private TelegramUpdateDao updates;
  private Lanes lanes;
  private Inbox inbox;

  @BeforeEach
  void open() {
    database = Database.open(data);
    updates = new TelegramUpdateDao(database, BOT);
    start();
  }

  /** As a new process would; the one before stands still for ever. */
  private void start() {
    free = new CountDownLatch(1);
    lanes = new Lanes();
    inbox = new Inbox(updates, new UpdateReader(BOT), lanes, InstantSource.system(), this::begin);
  }

  private static String text(Arrival arrival) {
    return switch (arrival.what()) {
      case Said said -> said.text();
      case Pressed pressed -> pressed.data();
      default -> "?";
    };
  }

  private Inbox.Work begin(Arrival arrival) {
    String text = text(arrival);
    if (text.contains("unbegun")) {
      throw new IllegalStateException("on purpose");
    }
    return () -> {
      if (text.contains("change")) {
        arrival.begin();
      }
      seen.add(text + (arrival.begunBefore() ? " again" : ""));
      if (text.contains("slow")) {
        free.await();
      } else if (text.contains("stop")) {
        throw new InterruptedException("the bot stops");
      } else if (text.contains("bug")) {
        throw new IllegalStateException("on purpose");
      }
    };
  }

  @AfterEach
  void close() {
    free.countDown();
    lanes.close();
    database.close();
  }

  private static Update said(int id, long person, String text) {
    return update(
        id,
        """
        'message':{'message_id':%d,'date':1,'from':%s,'text':'%s',
          'chat':{'id':%d,'type':'private'}}\
        """
            .formatted(id, user(person), text, person));
  }

  private static Update pressed(int id, long person, String query, String action) {
    return update(
        id,
        "'callback_query':{'id':'%s','from':%s,'chat_instance':'1','data':'%s'}"
            .formatted(query, user(person), action));
  }

  private static String user(long person) {
    return "{'id':" + person + ",'is_bot':false,'first_name':'x'}";
  }

  private static Update update(int id, String content) {
    String json = "{'update_id':" + id + "," + content + "}";
    try {
      return new ObjectMapper().readValue(json.replace('\'', '"'), Update.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitDone() {
    await().until(() -> updates.open().isEmpty());
  }

  @Test
  void dealsWithEachUpdateOnce() {
    inbox.take(List.of(said(1, 5, "one"), said(2, 5, "two")));
    inbox.take(List.of(said(2, 5, "two"), said(3, 5, "three")));
    awaitDone();
    start();
    inbox.resume();
    inbox.take(List.of(said(3, 5, "three"), said(4, 5, "four")));
    awaitDone();
    assertThat(seen).containsExactly("one", "two", "three", "four");
  }

  @Test
  void goesOnWithWhatWasLeft() {
    inbox.take(List.of(said(1, 5, "slow"), said(2, 5, "two"), said(3, 6, "other")));
    await().until(() -> seen.size() == 2);
    start();
    free.countDown();
    inbox.resume();
    awaitDone();
    assertThat(seen.subList(2, seen.size())).contains("slow", "two");
  }

  @Test
  void tellsWhatWasBegunFromWhatWasNot() {
    inbox.take(List.of(said(1, 5, "slow change"), said(2, 5, "change")));
    await().until(() -> seen.size() == 1);
    start();
    inbox.resume();
    await().until(() -> seen.contains("slow change again"));
    assertThat(seen).doesNotContain("change again");
  }

  @Test
  void leavesWhatIsStoppedForTheNextStart() {
    inbox.take(List.of(said(1, 5, "stop"), said(2, 6, "bug")));
    await().until(() -> updates.open().size() == 1);
    assertThat(updates.open().getFirst().id()).isEqualTo(1);
  }

  @Test
  void goesOnWithTheOthersWhenOneCannotEvenBegin() {
    inbox.take(List.of(said(1, 5, "unbegun"), said(2, 6, "other")));
    await().until(() -> seen.contains("other"));
    await().until(() -> updates.open().size() == 1);
    assertThat(updates.open().getFirst().id()).isEqualTo(1);
  }

  @Test
  void keepsTheOrderOfEachPersonAndHoldsUpNobodyElse() {
    inbox.take(List.of(said(1, 5, "slow"), said(2, 5, "two"), said(3, 6, "other")));
    await().until(() -> seen.contains("other"));
    assertThat(seen).doesNotContain("two");
    free.countDown();
    awaitDone();
    assertThat(seen).endsWith("two");
  }

  @Test
  void takesAButtonThatWasPressedAgainForOne() {
    inbox.take(
        List.of(
            pressed(1, 5, "11", "vary:1:0"),
            pressed(2, 5, "12", "vary:1:0"),
            pressed(3, 6, "13", "vary:1:0")));
    awaitDone();
    assertThat(seen).hasSize(2);
  }

  @Test
  void keepsNoSearches() {
    Update update =
        update(1, "'inline_query':{'id':'4','query':'fox','offset':'','from':" + user(5) + "}");
    inbox.take(List.of(update));
    await().until(() -> !seen.isEmpty());
    assertThat(updates.open()).isEmpty();
  }

  @Test
  void keepsWordsNoLongerThanTheyAreNeeded() {
    inbox.take(List.of(said(1, 5, "secret wish")));
    awaitDone();
    assertThat(updates.open()).isEmpty();
  }
}

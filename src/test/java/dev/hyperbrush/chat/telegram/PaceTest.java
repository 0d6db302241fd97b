package dev.hyperbrush.chat.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long GROUP = -100;
  private static final long PERSON = 7;

  private final TestClock clock = new TestClock();
  private final Pace pace = new Pace(clock);
  private boolean hanging;

  private Ticket enter(long chat, Urgency urgency) {
    return enter(chat, OptionalInt.empty(), 1, urgency);
  }

  private Ticket enter(long chat, OptionalInt message, int count, Urgency urgency) {
    Instant now = clock.instant();
    Ticket ticket = new Ticket(chat, message, count, urgency, now, now.plusSeconds(1000));
    if (!pace.enter(ticket)) {
      ticket.drop();
    }
    CompletableFuture<Void> _ =
        ticket
            .turn()
            .thenAccept(came -> {
              if (came && !hanging) {
                pace.done(ticket);
              }
            });
    return ticket;
  }

  /** Goes on until this long from now, as the thread that serves would. */
  private void pass(Duration time) {
    Instant end = clock.instant().plus(time);
    for (Instant next = pace.serve(); !next.isAfter(end); next = pace.serve()) {
      clock.advance(Duration.between(clock.instant(), next));
    }
    clock.advance(Duration.between(clock.instant(), end));
  }

  /** When its turn comes. */
  private void note(List<Instant> times, Ticket ticket) {
    CompletableFuture<Void> _ = ticket.turn().thenRun(() -> times.add(clock.instant()));
  }

  private static boolean went(Ticket ticket) {
    return Boolean.TRUE.equals(ticket.turn().getNow(false));
  }

  private static boolean isDropped(Ticket ticket) {
    return Boolean.FALSE.equals(ticket.turn().getNow(true));
  }

  private static long count(List<Ticket> tickets) {
    return tickets.stream().filter(PaceTest::went).count();
  }

  @Test
  void oneChatGetsTwoMessagesAndThenOneASecond() {
    List<Ticket> tickets =
        IntStream.range(0, 6).mapToObj(_ -> enter(PERSON, Urgency.ANSWER)).toList();

    for (int second = 2; second <= 6; second++) {
      pass(Duration.ofMillis(999));
      assertThat(count(tickets)).isEqualTo(second);
      pass(Duration.ofMillis(1));
    }
  }

  @Test
  void aGroupGetsTwentyMessagesInAnyMinute() {
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      note(times, enter(GROUP, Urgency.RESULT));
    }
    pass(Duration.ofMinutes(4));

    assertThat(times).hasSize(60);
    for (int i = 20; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 20), times.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }
  }

  @Test
  void anAlbumIsAsManyMessagesForAGroup() {
    Ticket album = enter(GROUP, OptionalInt.empty(), 10, Urgency.RESULT);
    Ticket second = enter(GROUP, OptionalInt.empty(), 10, Urgency.RESULT);
    Ticket third = enter(GROUP, OptionalInt.empty(), 1, Urgency.RESULT);
    pass(Duration.ofSeconds(59));
    assertThat(List.of(album, second)).allMatch(PaceTest::went);
    assertThat(went(third)).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(went(third)).isTrue();
  }

  @Test
  void answersLeaveRoomForPicturesInAGroup() {
    List<Ticket> answers =
        IntStream.range(0, 50).mapToObj(_ -> enter(GROUP, Urgency.ANSWER)).toList();
    pass(Duration.ofSeconds(30));
    assertThat(count(answers)).isEqualTo(15);

    Ticket picture = enter(GROUP, Urgency.RESULT);
    pass(Duration.ofSeconds(1));

    assertThat(went(picture)).isTrue();
  }

  @Test
  void whatCountsInNoChatWaitsForNoTurnOfAllChats() {
    enter(Ticket.NO_CHAT, Urgency.ANSWER);
    pass(Duration.ofSeconds(2));
    for (int chat = 1; chat <= 200; chat++) {
      enter(chat, Urgency.ANSWER);
    }
    Ticket press = enter(Ticket.NO_CHAT, Urgency.ANSWER);
    pass(Duration.ofSeconds(1));
    assertThat(went(press)).isTrue();
  }

  @Test
  void whatIsTooMuchInNoChatHoldsUpNothing() {
    pace.refused(Ticket.NO_CHAT, Duration.ofMinutes(5));
    Ticket press = enter(Ticket.NO_CHAT, Urgency.ANSWER);
    pass(Duration.ofSeconds(1));
    assertThat(went(press)).isTrue();
  }

  @Test
  void allChatsTogetherGetThirtyMessagesASecond() {
    List<Instant> times = new ArrayList<>();
    for (int chat = 1; chat <= 200; chat++) {
      note(times, enter(chat, Urgency.ANSWER));
    }
    pass(Duration.ofSeconds(10));

    assertThat(times).hasSize(200);
    for (int i = 30; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 30), times.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void aCallThatTakesItsTimeCountsUntilItIsOver() {
    hanging = true;
    List<Ticket> slow =
        IntStream.rangeClosed(1, 30).mapToObj(chat -> enter(chat, Urgency.ANSWER)).toList();
    pass(Duration.ofSeconds(20));
    assertThat(count(slow)).isEqualTo(30);
    Ticket waits = enter(31, Urgency.ANSWER);
    pass(Duration.ofSeconds(20));
    assertThat(went(waits)).isFalse();

    pace.done(slow.getFirst());
    pass(Duration.ofMillis(999));
    assertThat(went(waits)).as("it may have arrived just now").isFalse();
    pass(Duration.ofMillis(1));
    pass(Duration.ZERO);
    assertThat(went(waits)).isTrue();
  }

  @Test
  void theMoreUrgentGoesFirst() {
    enter(PERSON, Urgency.ANSWER);
    Ticket progress = enter(PERSON, OptionalInt.of(1), 1, Urgency.PROGRESS);
    Ticket result = enter(PERSON, Urgency.RESULT);
    Ticket answer = enter(PERSON, Urgency.ANSWER);
    pass(Duration.ofMillis(900));
    assertThat(went(answer)).isTrue();
    assertThat(went(result)).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(went(result)).isTrue();
    assertThat(went(progress)).isFalse();
  }

  @Test
  void aFloodInOneChatHoldsUpNoOther() {
    List<Ticket> flood =
        IntStream.range(0, 99).mapToObj(_ -> enter(PERSON, Urgency.ANSWER)).toList();
    pass(Duration.ofSeconds(3));
    Ticket other = enter(8, Urgency.RESULT);
    pass(Duration.ZERO);

    assertThat(went(other)).isTrue();
    assertThat(count(flood)).isBetween(4L, 5L);
  }

  @Test
  void onlySoMuchWaits() {
    List<Ticket> flood =
        IntStream.range(0, 500).mapToObj(_ -> enter(PERSON, Urgency.ANSWER)).toList();

    assertThat(flood.stream().filter(PaceTest::isDropped)).hasSize(400);
  }

  @Test
  void onlyTheNewestProgressOfAMessageWaits() {
    enter(PERSON, Urgency.ANSWER);
    enter(PERSON, Urgency.ANSWER);
    Ticket older = enter(PERSON, OptionalInt.of(1), 1, Urgency.PROGRESS);
    Ticket other = enter(PERSON, OptionalInt.of(2), 1, Urgency.PROGRESS);
    Ticket newer = enter(PERSON, OptionalInt.of(1), 1, Urgency.PROGRESS);
    pass(Duration.ofSeconds(3));

    assertThat(isDropped(older)).isTrue();
    assertThat(List.of(other, newer)).allMatch(PaceTest::went);
  }

  @Test
  void noProgressIsShownOnceThereIsAResult() {
    enter(PERSON, Urgency.ANSWER);
    Ticket before = enter(PERSON, OptionalInt.of(1), 1, Urgency.PROGRESS);
    Ticket result = enter(PERSON, OptionalInt.of(1), 1, Urgency.RESULT);
    Ticket after = enter(PERSON, OptionalInt.of(1), 1, Urgency.PROGRESS);
    pass(Duration.ofSeconds(5));

    assertThat(List.of(before, after)).allMatch(PaceTest::isDropped);
    assertThat(went(result)).isTrue();
  }

  @Test
  void theResultWaitsForProgressThatIsUnderWay() {
    hanging = true;
    Ticket progress = enter(PERSON, OptionalInt.of(1), 1, Urgency.PROGRESS);
    pass(Duration.ofSeconds(2));
    Ticket result = enter(PERSON, OptionalInt.of(1), 1, Urgency.RESULT);
    pass(Duration.ofSeconds(2));
    assertThat(went(result)).isFalse();

    pace.done(progress);
    pass(Duration.ZERO);

    assertThat(went(result)).isTrue();
  }

  @Test
  void whatIsLateIsDropped() {
    Instant now = clock.instant();
    pace.refused(PERSON, Duration.ofMinutes(10));
    Ticket late =
        new Ticket(PERSON, OptionalInt.of(1), 1, Urgency.PROGRESS, now, now.plusSeconds(3));
    pace.enter(late);
    pass(Duration.ofSeconds(4));

    assertThat(isDropped(late)).isTrue();
  }

  @Test
  void aChatThatSaidToWaitGetsNothingMeanwhileAndOthersDo() {
    pace.refused(GROUP, Duration.ofSeconds(17));
    Ticket there = enter(GROUP, Urgency.ANSWER);
    Ticket elsewhere = enter(PERSON, Urgency.ANSWER);
    assertThat(pace.wait(GROUP, 1, Urgency.RESULT)).isEqualTo(Duration.ofSeconds(17));
    pass(Duration.ofMillis(16_999));
    assertThat(went(elsewhere)).isTrue();
    assertThat(went(there)).isFalse();
    pass(Duration.ofMillis(1));
    pass(Duration.ZERO);
    assertThat(went(there)).isTrue();
  }

  @Test
  void whereSeveralChatsSaidToWaitAllDo() {
    pace.refused(1, Duration.ofSeconds(5));
    pace.refused(1, Duration.ofSeconds(5));
    pace.refused(2, Duration.ofSeconds(5));
    assertThat(pace.blocked()).isZero();
    pace.refused(3, Duration.ofSeconds(9));
    assertThat(pace.blocked()).isEqualTo(Duration.ofSeconds(9));

    Ticket elsewhere = enter(PERSON, Urgency.ANSWER);
    pass(Duration.ofSeconds(8));
    assertThat(went(elsewhere)).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(went(elsewhere)).isTrue();
  }

  @Test
  void answersToPressesDoNotWaitForTheirChat() {
    List<Ticket> presses =
        IntStream.range(0, 30).mapToObj(_ -> enter(Ticket.NO_CHAT, Urgency.ANSWER)).toList();
    pass(Duration.ZERO);
    assertThat(count(presses)).isEqualTo(30);

    Ticket oneMore = enter(Ticket.NO_CHAT, Urgency.ANSWER);
    pass(Duration.ofMillis(999));
    assertThat(went(oneMore)).isFalse();
    pass(Duration.ofMillis(1));
    pass(Duration.ZERO);
    assertThat(went(oneMore)).isTrue();
  }
}

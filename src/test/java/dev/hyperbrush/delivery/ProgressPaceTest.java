package dev.hyperbrush.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressPaceTest {
  private Instant now = Instant.parse("2026-08-01T12:00:00Z");

  @Test
  void aShortJobIsNeverEdited() {
    ProgressPace pace = new ProgressPace(0, () -> now);

    assertThat(editsOfDrawing(pace, 8, Duration.ofMillis(350))).isEmpty();
  }

  @Test
  void noEditIsOvertakenByThePicture() {
    ProgressPace pace = new ProgressPace(0, () -> now);

    assertThat(editsOfDrawing(pace, 10, Duration.ofMillis(500))).as("5 s in all").isEmpty();
  }

  @Test
  void aLongJobIsEditedEveryThreeSeconds() {
    ProgressPace pace = new ProgressPace(0, () -> now);

    List<Integer> edits = editsOfDrawing(pace, 20, Duration.ofSeconds(1));

    assertThat(edits).containsExactly(4, 7, 10, 13, 16);
  }

  @Test
  void slowStepsAreAllShown() {
    ProgressPace pace = new ProgressPace(0, () -> now);

    assertThat(editsOfDrawing(pace, 4, Duration.ofSeconds(60))).containsExactly(2, 3);
  }

  @Test
  void ofThePlaceEveryHalvingIsShown() {
    ProgressPace pace = new ProgressPace(100, () -> now);
    List<Integer> shown = new ArrayList<>();

    for (int position = 99; position >= 1; position--) {
      pass(Duration.ofSeconds(5));
      if (pace.moved(position)) {
        shown.add(position);
      }
    }

    assertThat(shown).containsExactly(50, 25, 12, 6, 3, 1);
  }

  @Test
  void aQueueThatMovesFastIsShownWhenItsTimeHasCome() {
    ProgressPace pace = new ProgressPace(16, () -> now);
    pass(Duration.ofSeconds(1));
    assertThat(pace.moved(8)).isFalse();
    pass(Duration.ofSeconds(2));

    assertThat(pace.moved(7)).isTrue();
    assertThat(pace.moved(3)).isFalse();
    pass(Duration.ofSeconds(3));
    assertThat(pace.moved(0)).as("it is being drawn").isFalse();
    assertThat(pace.moved(4)).as("not half of what is shown").isFalse();
    assertThat(pace.moved(3)).isTrue();
  }

  private List<Integer> editsOfDrawing(ProgressPace pace, int steps, Duration each) {
    List<Integer> edits = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      pass(each);
      if (pace.stepped(step, steps)) {
        edits.add(step);
      }
    }
    return edits;
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}

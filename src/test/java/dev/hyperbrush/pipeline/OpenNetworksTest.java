package dev.hyperbrush.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stays in memory, and what has to go. */
final class OpenNetworksTest {
  private static final long GB = 1L << 30;

  private final List<String> events = new ArrayList<>();

  @Test
  void everythingStaysOpenThatFits() {
    OpenNetworks open = new OpenNetworks(MemoryBudget.of(16 * GB));
    Model model = new Model(open, "a");
    model.draw();
    model.draw();
    assertThat(events).containsExactly("+a text", "+a unet", "+a vae");
  }

  @Test
  void networksTakeTurnsWhereMemoryIsShort() {
    OpenNetworks open = new OpenNetworks(MemoryBudget.of(11 * GB));
    Model model = new Model(open, "a");
    model.draw();
    assertThat(events).containsExactly("+a text", "-a text", "+a unet", "+a vae");
    events.clear();
    model.draw();
    assertThat(events)
        .containsExactly("-a unet", "+a text", "-a vae", "-a text", "+a unet", "+a vae");
  }

  @Test
  void whatIsTooLargeIsOpenedAlone() {
    OpenNetworks open = new OpenNetworks(MemoryBudget.of(GB));
    new Model(open, "a").draw();
    assertThat(events).containsExactly("+a text", "-a text", "+a unet", "-a unet", "+a vae");
  }

  @Test
  void theModelNotUsedForLongestGoesFirst() {
    OpenNetworks open = new OpenNetworks(MemoryBudget.of(30 * GB));
    Model a = new Model(open, "a");
    Model b = new Model(open, "b");
    Model c = new Model(open, "c");
    a.draw();
    b.draw();
    a.draw();
    events.clear();
    c.draw();
    assertThat(events).containsExactly("+c text", "-b text", "-b unet", "+c unet", "+c vae");
  }

  @Test
  void aCardHoldsOneModel() {
    OpenNetworks open = new OpenNetworks(MemoryBudget.oneModel());
    new Model(open, "a").draw();
    events.clear();
    new Model(open, "b").draw();
    assertThat(events)
        .containsExactly("-a text", "-a unet", "-a vae", "+b text", "+b unet", "+b vae");
  }

  @Test
  void whatFailsToOpenIsTriedAgain() {
    OpenNetworks open = new OpenNetworks(MemoryBudget.of(16 * GB));
    List<RuntimeException> failures = new ArrayList<>(List.of(new IllegalStateException("once")));
    Held<String> held =
        open.held(
            this,
            GB,
            () -> {
              if (!failures.isEmpty()) {
                throw failures.removeFirst();
              }
              return "open";
            },
            closed -> {});
    assertThatThrownBy(held::get).hasMessage("once");
    assertThat(held.get()).isEqualTo("open");
  }

  /** Of the sizes of SDXL. */
  private final class Model {
    private final Held<String> text;
    private final Held<String> unet;
    private final Held<String> vae;

    Model(OpenNetworks open, String name) {
      text = held(open, name + " text", 3 * GB);
      unet = held(open, name + " unet", 10 * GB);
      vae = held(open, name + " vae", GB / 2);
    }

    private Held<String> held(OpenNetworks open, String name, long bytes) {
      return open.held(
          this,
          bytes,
          () -> {
            events.add("+" + name);
            return name;
          },
          closed -> events.add("-" + closed));
    }

    void draw() {
      text.get();
      unet.get();
      vae.get();
    }
  }
}

package dev.hyperbrush.chat.discord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.RawGatewayEvent;
import net.dv8tion.jda.api.events.interaction.GenericInteractionCreateEvent;
import net.dv8tion.jda.api.events.session.GenericSessionEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionDisconnectEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.hooks.EventListener;

/**
 * Hears the gateways, on their threads, and hands everything over to others. Thread-safe.
 *
 * <p>Each interaction comes twice: as JDA understands it, and as Discord wrote it, which says what
 * JDA leaves out. Usually in this order and one right after the other; while a server is being set
 * up JDA keeps its own back.
 */
final class GatewayListener implements EventListener, AutoCloseable {
  /** Behind the first of several connections that end before anything was said. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private static final int MOST_DOUBLINGS = 6;
  private static final int REMEMBERED = 1000;

  private final Consumer<Incoming> interactions;
  private final Consumer<GenericSessionEvent> sessions;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<JDA, AtomicInteger> failures = new ConcurrentHashMap<>();
  private final Cache<Long, GenericInteractionCreateEvent> halves = remembered();
  private final Cache<Long, InteractionFacts> facts = remembered();

  /**
   * Hands over.
   *
   * @param interactions must return at once
   * @param sessions is told of beginnings and of the end, and must return at once
   */
  GatewayListener(Consumer<Incoming> interactions, Consumer<GenericSessionEvent> sessions) {
    this.interactions = interactions;
    this.sessions = sessions;
  }

  private static <T> Cache<Long, T> remembered() {
    return Caffeine.newBuilder()
        .maximumSize(REMEMBERED)
        .expireAfterWrite(Duration.ofMinutes(1))
        .build();
  }

  @Override
  public void onEvent(GenericEvent event) {
    switch (event) {
      case GenericInteractionCreateEvent interaction -> understood(interaction);
      case RawGatewayEvent raw -> written(raw);
      case SessionDisconnectEvent lost -> pause(lost);
      case ReadyEvent ready -> begun(ready);
      case SessionResumeEvent resumed -> begun(resumed);
      case SessionRecreateEvent again -> begun(again);
      case ShutdownEvent end -> sessions.accept(end);
      default -> {}
    }
  }

  private void understood(GenericInteractionCreateEvent interaction) {
    Optional<InteractionFacts> known =
        Optional.ofNullable(facts.getIfPresent(interaction.getIdLong()));
    if (known.isPresent()) {
      interactions.accept(new Incoming(interaction, known.get()));
    } else {
      halves.put(interaction.getIdLong(), interaction);
    }
  }

  private void written(RawGatewayEvent raw) {
    if (raw.getType().equals("INTERACTION_CREATE")) {
      long id = raw.getPayload().getUnsignedLong("id");
      InteractionFacts said = InteractionFacts.of(raw.getPayload());
      Optional.ofNullable(halves.asMap().remove(id))
          .ifPresentOrElse(
              interaction -> interactions.accept(new Incoming(interaction, said)),
              () -> facts.put(id, said));
    }
  }

  private void begun(GenericSessionEvent session) {
    failures.remove(session.getJDA());
    sessions.accept(session);
  }

  /**
   * Holds the gateway's thread back. JDA resumes at once, again and again without a pause, when a
   * gateway accepts connections and ends each before it resumes.
   */
  private void pause(SessionDisconnectEvent lost) {
    int before =
        failures.computeIfAbsent(lost.getJDA(), _ -> new AtomicInteger()).getAndIncrement();
    if (before > 0) { // the first may resume at once
      Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(before - 1, MOST_DOUBLINGS));
      try {
        closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Holds nothing back any more. */
  @Override
  public void close() {
    closed.countDown();
  }
}

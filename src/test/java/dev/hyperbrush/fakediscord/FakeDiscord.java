package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Discord, with one bot that may log in. Thread-safe. */
public final class FakeDiscord implements AutoCloseable {
  private final World world;
  private final FakeGateway gateway;
  private final RestServer rest;
  private final Faults faults = new Faults();
  private final CallLog calls = new CallLog();

  /**
   * A request that came.
   *
   * @param nanos when it was answered, by {@link System#nanoTime}
   * @param route method and template
   * @param status 0 if the connection was cut
   */
  public record Call(long nanos, String route, int status) {}

  private FakeDiscord(InstantSource clock) {
    world = new World(clock, "MTE.fake." + UUID.randomUUID());
    gateway = new FakeGateway(world);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new UserRoutes(world, gateway).routes());
    routes.addAll(new CommandRoutes(world).routes());
    routes.addAll(new InteractionRoutes(world).routes());
    routes.addAll(new ChannelRoutes(world).routes());
    rest = new RestServer(world, faults, routes, calls);
    world.address = rest.address();
    world.connect(gateway::dispatch);
  }

  /** With a clock that stands still until {@link #advance}. */
  public static FakeDiscord start() {
    return start(new StillClock());
  }

  /** With a clock that must be near the true time, since clients look at their own. */
  public static FakeDiscord start(InstantSource clock) {
    return new FakeDiscord(clock);
  }

  /** Moves the clock by which tokens end. */
  public void advance(Duration time) {
    if (!(world.clock instanceof StillClock clock)) {
      throw new IllegalStateException("this clock cannot be moved");
    }
    clock.advance(time);
  }

  /** Of the bot. */
  public String token() {
    return world.token;
  }

  /** The number of the bot's account and of its application. */
  public long application() {
    return world.bot.id;
  }

  /** Where requests go in the place of {@code https://discord.com/api/v10/}. */
  public URI api() {
    return URI.create(rest.address() + "/api/v10/");
  }

  public FakeGateway gateway() {
    return gateway;
  }

  public Faults faults() {
    return faults;
  }

  public FakePerson person(String name) {
    return world.locked(() -> {
      FakePerson person = new FakePerson(world, world.ids.next(), name);
      world.people.put(person.id, person);
      return person;
    });
  }

  /** A server that has the bot, which may there what everybody may. */
  public FakeGuild guild(String name) {
    return world.locked(() -> {
      FakeGuild guild = new FakeGuild(world, name, true);
      world.dispatch(guild.id, "GUILD_CREATE", guild.json());
      return guild;
    });
  }

  /** A server that does not have the bot. */
  public FakeGuild foreignGuild(String name) {
    return world.locked(() -> new FakeGuild(world, name, false));
  }

  /** The registered commands, in Discord's JSON. */
  public List<JsonNode> commands() {
    return world.locked(() -> List.copyOf(world.commands));
  }

  /** Waits for a command of this name. */
  public void awaitCommand(String name) {
    world.await(
        "the command " + name,
        () -> world.commands.stream().anyMatch(one -> one.path("name").asText().equals(name)));
  }

  /** Waits until something holds, also outside of Discord. */
  public void await(String what, BooleanSupplier condition) {
    world.await(what, condition);
  }

  /** What the bot did that it should know not to do. */
  public List<String> violations() {
    return world.locked(() -> List.copyOf(world.violations));
  }

  /** Discord's codes of all refusals, planned ones not among them. */
  public List<Integer> errors() {
    return calls.errors();
  }

  /** All requests, in the order in which they were answered. */
  public List<Call> calls() {
    return calls.calls();
  }

  /** The tokens of all interactions: whoever has one can speak for the bot. */
  public List<String> interactionTokens() {
    return world.locked(() -> List.copyOf(world.tokens.keySet()));
  }

  /** Whom messages have called, in any of their versions. */
  public List<String> pings() {
    return world.locked(() ->
        world.messages.values().stream()
            .flatMap(message -> message.versions().stream())
            .flatMap(version -> version.pings().stream())
            .toList());
  }

  @Override
  public void close() {
    gateway.close();
    rest.close();
  }
}

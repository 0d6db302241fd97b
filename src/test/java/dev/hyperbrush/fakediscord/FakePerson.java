package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A person with an account, or the bot's own account. Thread-safe. */
public final class FakePerson {
  public final long id;
  public final String name;
  final World world;
  String locale = "en-US";
  boolean installed;
  boolean takesDirectMessages = true;

  FakePerson(World world, long id, String name) {
    this.world = world;
    this.id = id;
    this.name = name;
  }

  /** Speaks this language, by Discord's code. */
  public FakePerson speaking(String code) {
    world.locked(() -> locale = code);
    return this;
  }

  /** Has added the bot to the account, so that it goes along wherever the person goes. */
  public FakePerson installsTheBot() {
    world.locked(() -> installed = true);
    return this;
  }

  /** Lets nobody write to them. */
  public FakePerson blocksDirectMessages() {
    world.locked(() -> takesDirectMessages = false);
    return this;
  }

  /** Where the person is, to do something there. */
  public Visit in(FakeChannel channel) {
    return new Visit(this, channel);
  }

  /** The conversation with the bot. */
  public FakeChannel directMessages() {
    return world.locked(() -> FakeChannel.direct(world, this));
  }

  /** A conversation with somebody else, in which the bot is not. */
  public FakeChannel groupWith(FakePerson... others) {
    return world.locked(() -> FakeChannel.group(world, others.length));
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("id", Json.id(id))
            .put("username", name)
            .put("discriminator", this == world.bot ? "4711" : "0")
            .put("public_flags", 0);
    json.putNull("global_name").putNull("avatar");
    if (this == world.bot) {
      json.put("bot", true);
    }
    return json;
  }

  @Override
  public String toString() {
    return name;
  }
}

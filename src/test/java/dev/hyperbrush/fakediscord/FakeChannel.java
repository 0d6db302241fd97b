package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where people write: in a server, in a thread, or to each other. Thread-safe. */
public final class FakeChannel {
  static final int TEXT = 0;
  static final int DIRECT = 1;
  static final int GROUP = 3;
  static final int THREAD = 11;

  public final long id;
  public final String name;
  final World world;
  final int type;
  final Optional<FakeGuild> guild;
  final Optional<FakeChannel> parent;
  final Optional<FakePerson> partner;
  boolean ageRestricted;
  boolean archived;
  boolean locked;
  private long botDenied;
  private long everybodyDenied;
  private boolean deleted;

  FakeChannel(
      World world, int type, String name, @Nullable FakeGuild guild, @Nullable FakeChannel parent) {
    this(world, type, name, guild, parent, null);
  }

  private FakeChannel(
      World world,
      int type,
      String name,
      @Nullable FakeGuild guild,
      @Nullable FakeChannel parent,
      @Nullable FakePerson partner) {
    this.world = world;
    this.type = type;
    this.name = name;
    this.guild = Optional.ofNullable(guild);
    this.parent = Optional.ofNullable(parent);
    this.partner = Optional.ofNullable(partner);
    id = world.ids.next();
    world.channels.put(id, this);
  }

  /** The bot's conversation with this person. */
  static FakeChannel direct(World world, FakePerson person) {
    return world.channels.values().stream()
        .filter(channel -> channel.partner.filter(person::equals).isPresent())
        .findFirst()
        .orElseGet(() -> new FakeChannel(world, DIRECT, person.name, null, null, person));
  }

  static FakeChannel group(World world, int others) {
    return new FakeChannel(world, others > 1 ? GROUP : DIRECT, "friends", null, null, null);
  }

  /** A thread under this channel. */
  public FakeChannel thread(String called) {
    return world.locked(() -> {
      FakeGuild in = guild.orElseThrow();
      FakeChannel thread = new FakeChannel(world, THREAD, called, in, this);
      in.tell("THREAD_CREATE", thread.json());
      return thread;
    });
  }

  /** Age-restricted from now on. */
  public FakeChannel restrictAge() {
    return change(() -> ageRestricted = true);
  }

  /** The bot may not do this here. */
  public FakeChannel denyBot(Permission... permissions) {
    return change(() -> botDenied = Permission.bits(Arrays.asList(permissions)));
  }

  /** Nobody but administrators may do this here. */
  public FakeChannel denyEverybody(Permission... permissions) {
    return change(() -> everybodyDenied = Permission.bits(Arrays.asList(permissions)));
  }

  /** A thread that only moderators may open again. */
  public FakeChannel lock() {
    return change(() -> {
      archived = true;
      locked = true;
    });
  }

  /** Gone for good. */
  public void delete() {
    world.locked(() -> {
      deleted = true;
      guild.ifPresent(in -> in.tell(isThread() ? "THREAD_DELETE" : "CHANNEL_DELETE", json()));
      world.channels.remove(id);
    });
  }

  /** What everybody there sees, the oldest first. */
  public List<FakeMessage> messages() {
    return world.locked(() ->
        world.messages.values().stream()
            .filter(message -> message.channel == this)
            .filter(message -> !message.isDeleted() && message.onlyFor().isEmpty())
            .toList());
  }

  /** What only this person sees there, the oldest first. */
  public List<FakeMessage> messagesOnlyFor(FakePerson person) {
    return world.locked(() ->
        world.messages.values().stream()
            .filter(message -> message.channel == this && !message.isDeleted())
            .filter(message -> message.onlyFor().filter(person::equals).isPresent())
            .toList());
  }

  /** Waits for so many messages that are not "is thinking ...", at least, and returns them. */
  public List<FakeMessage> awaitMessages(int count) {
    world.await(
        count + " messages in " + name,
        () -> messages().stream().filter(message -> !message.isLoading()).count() >= count);
    return messages();
  }

  boolean isThread() {
    return type == THREAD;
  }

  boolean isDeleted() {
    return deleted;
  }

  boolean isInServer() {
    return guild.isPresent();
  }

  /** What this person may do here. */
  long permissions(FakePerson person) {
    if (guild.isEmpty()) {
      return Permission.ALL;
    }
    long bits = guild.get().permissions(person);
    if (Permission.ADMINISTRATOR.in(bits)) {
      return Permission.ALL;
    }
    FakeChannel rules = parent.orElse(this);
    return bits & ~rules.everybodyDenied & ~(person == world.bot ? rules.botDenied : 0);
  }

  boolean may(FakePerson person, Permission permission) {
    return permission.in(permissions(person));
  }

  private FakeChannel change(Runnable work) {
    world.locked(() -> {
      work.run();
      guild.ifPresent(in -> in.tell(isThread() ? "THREAD_UPDATE" : "CHANNEL_UPDATE", json()));
    });
    return this;
  }

  ObjectNode json() {
    ObjectNode json = Json.object().put("id", Json.id(id)).put("type", type).put("flags", 0);
    json.putNull("last_message_id");
    guild.ifPresent(in -> addPlace(json, in));
    partner.ifPresent(person -> json.putArray("recipients").add(person.json()));
    if (guild.isEmpty() && partner.isEmpty()) {
      json.putArray("recipients");
    }
    if (type == GROUP) {
      json.put("name", name).put("owner_id", Json.id(id)).putNull("icon");
    }
    return json;
  }

  private void addPlace(ObjectNode json, FakeGuild in) {
    json.put("guild_id", Json.id(in.id)).put("name", name);
    parent.ifPresentOrElse(
        above -> addThread(json, above), () -> addOverwrites(json.put("nsfw", ageRestricted), in));
  }

  private void addOverwrites(ObjectNode json, FakeGuild in) {
    json.put("position", 0).put("rate_limit_per_user", 0).putNull("topic").putNull("parent_id");
    var overwrites = json.putArray("permission_overwrites");
    overwrites
        .addObject()
        .put("id", Json.id(in.id))
        .put("type", 0)
        .put("allow", "0")
        .put("deny", Long.toString(everybodyDenied));
    overwrites
        .addObject()
        .put("id", Json.id(in.botRole))
        .put("type", 0)
        .put("allow", "0")
        .put("deny", Long.toString(botDenied));
  }

  private void addThread(ObjectNode json, FakeChannel above) {
    json.put("parent_id", Json.id(above.id))
        .put("owner_id", Json.id(id))
        .put("message_count", 0)
        .put("member_count", 1)
        .put("rate_limit_per_user", 0);
    json.putObject("thread_metadata")
        .put("archived", archived)
        .put("locked", locked)
        .put("invitable", false)
        .put("auto_archive_duration", 1440)
        .put("archive_timestamp", world.now().toString())
        .put("create_timestamp", world.now().toString());
  }
}

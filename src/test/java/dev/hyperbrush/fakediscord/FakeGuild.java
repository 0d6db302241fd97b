package dev.hyperbrush.fakediscord;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server. Thread-safe. */
public final class FakeGuild {
  public final long id;
  public final String name;
  final World world;
  final long botRole;
  boolean botIn;
  long everybody = Permission.USUAL;
  long botPermissions = Permission.USUAL;
  private final Map<FakePerson, Long> members = new LinkedHashMap<>();
  private final FakePerson owner;

  FakeGuild(World world, String name, boolean botIn) {
    this.world = world;
    this.name = name;
    this.botIn = botIn;
    id = world.ids.next();
    botRole = world.ids.next();
    owner = new FakePerson(world, world.ids.next(), "owner of " + name);
    world.people.put(owner.id, owner);
    members.put(owner, Permission.ALL);
    world.guilds.put(id, this);
  }

  /** A text channel. */
  public FakeChannel channel(String called) {
    return world.locked(() -> {
      FakeChannel channel = new FakeChannel(world, FakeChannel.TEXT, called, this, null);
      tell("CHANNEL_CREATE", channel.json());
      return channel;
    });
  }

  /** A member, who may there what everybody may and this. */
  public FakePerson join(FakePerson person, Permission... also) {
    world.locked(() -> members.put(person, Permission.bits(Arrays.asList(also))));
    return person;
  }

  /** What the bot may do in all channels, from now on. */
  public void botMay(Permission... permissions) {
    world.locked(() -> {
      everybody = Permission.bits(Arrays.asList(permissions));
      botPermissions = everybody;
      for (long role : new long[] {id, botRole}) {
        ObjectNode data = Json.object().put("guild_id", Json.id(id));
        data.set("role", role(role));
        tell("GUILD_ROLE_UPDATE", data);
      }
    });
  }

  /** Throws the bot out. */
  public void removeBot() {
    world.locked(() -> {
      tell("GUILD_DELETE", Json.object().put("id", Json.id(id)));
      botIn = false;
    });
  }

  boolean has(FakePerson person) {
    return person == world.bot ? botIn : members.containsKey(person);
  }

  long permissions(FakePerson person) {
    return person == world.bot
        ? everybody | botPermissions
        : everybody | members.getOrDefault(person, 0L);
  }

  List<FakeChannel> channels() {
    return world.channels.values().stream()
        .filter(c -> c.guild.filter(this::equals).isPresent())
        .toList();
  }

  void tell(String type, ObjectNode data) {
    if (botIn) {
      world.dispatch(id, type, data);
    }
  }

  /** As in an interaction. */
  ObjectNode brief() {
    ObjectNode json = Json.object().put("id", Json.id(id)).put("locale", "en-US");
    json.putArray("features");
    return json;
  }

  ObjectNode json() {
    ObjectNode json =
        brief()
            .put("name", name)
            .put("owner_id", Json.id(owner.id))
            .put("preferred_locale", "en-US")
            .put("joined_at", world.now().toString())
            .put("large", false)
            .put("unavailable", false)
            .put("member_count", members.size() + 1)
            .put("afk_timeout", 300)
            .put("verification_level", 0)
            .put("default_message_notifications", 0)
            .put("explicit_content_filter", 0)
            .put("mfa_level", 0)
            .put("nsfw_level", 0)
            .put("premium_tier", 0)
            .put("system_channel_flags", 0)
            .put("premium_progress_bar_enabled", false);
    for (String empty :
        List.of(
            "emojis",
            "stickers",
            "voice_states",
            "presences",
            "stage_instances",
            "guild_scheduled_events",
            "soundboard_sounds")) {
      json.putArray(empty);
    }
    json.putArray("roles").add(role(id)).add(role(botRole));
    json.putArray("members").add(member(world.bot));
    addChannels(json.putArray("channels"), json.putArray("threads"));
    return json;
  }

  private void addChannels(ArrayNode plain, ArrayNode threads) {
    channels().forEach(channel -> (channel.isThread() ? threads : plain).add(channel.json()));
  }

  private ObjectNode role(long role) {
    ObjectNode json =
        Json.object()
            .put("id", Json.id(role))
            .put("name", role == id ? "@everyone" : "hyperbrush")
            .put("permissions", Long.toString(role == id ? everybody : botPermissions))
            .put("position", role == id ? 0 : 1)
            .put("color", 0)
            .put("hoist", false)
            .put("managed", role != id)
            .put("mentionable", false)
            .put("flags", 0);
    json.putObject("colors")
        .put("primary_color", 0)
        .putNull("secondary_color")
        .putNull("tertiary_color");
    return json;
  }

  ObjectNode member(FakePerson person) {
    ObjectNode json =
        Json.object()
            .put("joined_at", world.now().toString())
            .put("deaf", false)
            .put("mute", false)
            .put("pending", false)
            .put("flags", 0);
    json.set("user", person.json());
    ArrayNode roles = json.putArray("roles");
    if (person == world.bot) {
      roles.add(Json.id(botRole));
    }
    return json;
  }
}

package dev.hyperbrush.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.ChatWorld;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeDiscord;
import dev.hyperbrush.fakediscord.FakeGuild;
import dev.hyperbrush.fakediscord.FakeInteraction;
import dev.hyperbrush.fakediscord.FakePerson;
import dev.hyperbrush.store.Destination;
import dev.hyperbrush.store.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.sharding.ShardManager;
import net.dv8tion.jda.internal.JDAImpl;

/** The half that speaks, on a Discord on loopback; what hears is replaced by the test. */
final class OutboundWorld implements AutoCloseable {
  /** As little as a loaded machine allows: a test waits for it where a bucket is to be full. */
  static final Duration PATIENCE = Duration.ofMillis(1500);

  final FakeDiscord discord = FakeDiscord.start();
  final FakeGuild guild = discord.guild("Painters");
  FakeChannel art = guild.channel("art");
  FakePerson ann = guild.join(discord.person("ann"));
  final ChatWorld world;
  final DiscordOutbound outbound;
  private final Connection connection;

  OutboundWorld(Path data) {
    world = new ChatWorld(data);
    CompletableFuture<ShardManager> connected = new CompletableFuture<>();
    connection =
        new Connection(
            new DiscordSettings(Optional.of(discord.token()), Optional.of(discord.api()), 1),
            OutboundWorld::promise,
            connected::complete);
    outbound = new DiscordOutbound(world.parts, new DiscordRest(connection::shards, PATIENCE));
    connection.open();
    JDA jda = connected.join().getShards().getFirst();
    await(jda);
    jda.updateCommands().addCommands(Commands.slash("imagine", "Draws.")).complete();
  }

  private static void await(JDA jda) {
    try {
      jda.awaitReady();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void promise(Incoming incoming) {
    ((SlashCommandInteractionEvent) incoming.event()).deferReply().queue();
  }

  /** Another Ann in another channel: of what one test does the next sees nothing. */
  void afresh() {
    discord.faults().clear();
    art = guild.channel("art");
    ann = guild.join(discord.person("ann"));
  }

  /** Lets requests go again that JDA holds back for a wait that was asked of all. */
  void endGlobalLimit() {
    JDA jda = connection.shards().orElseThrow().getShards().getFirst();
    ((JDAImpl) jda).getSessionController().getRateLimitHandle().setClassic(0);
  }

  /** Ann's interaction, answered by "is thinking ...". */
  FakeInteraction use() {
    return ann.in(art).slash("imagine").awaitAcknowledged();
  }

  DiscordAddress.Hook hook(FakeInteraction use) {
    return hook(use, Instant.now());
  }

  DiscordAddress.Hook hook(FakeInteraction use, Instant created) {
    return DiscordAddress.Hook.of(
        discord.application(), use.token, created, PictureUploads.USUAL_FILE);
  }

  /** Ann's wish, whose end is told there. */
  Job imagine(String prompt, DiscordAddress... ladder) {
    return imagine(prompt, Map.of("size", "256x256"), ladder);
  }

  Job imagine(String prompt, Map<String, String> options, DiscordAddress... ladder) {
    String channel = Long.toUnsignedString(art.id);
    List<Destination> route = List.of(ladder).stream().map(rung -> rung.in(channel)).toList();
    Caller caller =
        new Caller(
            new Person("discord", Long.toUnsignedString(ann.id), "ann"),
            Place.of("discord", channel, Optional.of(Long.toUnsignedString(guild.id))),
            Standing.MEMBER,
            Locale.ENGLISH,
            route,
            Optional.empty());
    Reply reply = world.commands.run(new Invocation(caller, "imagine", prompt, options));
    assertThat(reply.code()).as(reply.text()).isEmpty();
    return reply.jobs().getFirst().job();
  }

  /** From now on what ends is posted. */
  void post() {
    world.post(Map.of("discord", outbound.courier()));
  }

  @Override
  public void close() {
    world.close();
    connection.close();
    discord.close();
  }
}

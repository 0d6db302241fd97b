package dev.hyperbrush.chat;

import dev.hyperbrush.chat.discord.DiscordAdapter;
import dev.hyperbrush.chat.discord.DiscordSettings;
import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.delivery.ChatPlatform;
import dev.hyperbrush.fakediscord.FakeChannel;
import dev.hyperbrush.fakediscord.FakeDiscord;
import dev.hyperbrush.fakediscord.FakeGuild;
import dev.hyperbrush.fakediscord.FakeInteraction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** People in ten channels of a server. */
final class DiscordCrowd implements LoadCrowd {
  private final FakeDiscord discord = FakeDiscord.start();
  private final FakeGuild guild = discord.guild("Painters");
  private final List<FakeChannel> channels =
      IntStream.range(0, 10).mapToObj(i -> guild.channel("art-" + i)).toList();
  private final List<FakeInteraction> asked = new ArrayList<>();
  private int people;

  @Override
  public ChatPlatform start(AdapterParts parts) {
    return DiscordAdapter.start(
        new DiscordSettings(Optional.of(discord.token()), Optional.of(discord.api()), 1), parts);
  }

  @Override
  public void awaitBot() {
    discord.awaitCommand("imagine");
  }

  @Override
  public void ask() {
    int number = people++;
    FakeChannel channel = channels.get(number % channels.size());
    asked.add(
        guild
            .join(discord.person("person" + number))
            .in(channel)
            .slash("imagine", Map.of("prompt", "fox " + number)));
  }

  @Override
  public void forget() {
    asked.clear();
  }

  @Override
  public long served() {
    return asked.stream()
        .filter(one -> one.isAcknowledged() && !one.message().files().isEmpty())
        .count();
  }

  @Override
  public Latencies heard() {
    return Latencies.of(asked.stream().map(FakeInteraction::acknowledgedAfter).toList());
  }

  @Override
  public int calls() {
    return discord.calls().size();
  }

  @Override
  public List<String> violations() {
    return discord.violations();
  }

  @Override
  public long pictures() {
    return channels.stream()
        .flatMap(channel -> channel.messages().stream())
        .filter(message -> !message.files().isEmpty())
        .count();
  }

  @Override
  public void close() {
    discord.close();
  }

  @Override
  public String toString() {
    return "Discord";
  }
}

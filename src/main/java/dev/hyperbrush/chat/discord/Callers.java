package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.policy.Permission;
import dev.hyperbrush.store.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.channel.Channel;
import net.dv8tion.jda.api.entities.channel.attribute.IAgeRestrictedChannel;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.exceptions.DetachedEntityException;
import net.dv8tion.jda.api.interactions.Interaction;

/** Who uses an interaction, where, and where what they ask for is told. */
final class Callers {
  /** Of the interaction that this came with. */
  static Caller of(Incoming incoming) {
    Interaction interaction = incoming.event();
    InteractionFacts facts = incoming.facts();
    return new Caller(
        person(interaction),
        new Place(
            DiscordAdapter.PLATFORM,
            channel(incoming),
            facts.server(),
            facts.ageRestricted()
                || Optional.ofNullable(interaction.getChannel())
                    .filter(Callers::isAgeRestricted)
                    .isPresent()),
        new Standing(
            facts.roles(),
            facts.server().isPresent() && Moderators.isOne(facts.rights())
                ? Permission.MODERATOR
                : Permission.EVERYBODY),
        DiscordLanguages.of(interaction.getUserLocale()),
        ladder(incoming),
        Optional.of(interaction.getId()));
  }

  private static String channel(Incoming incoming) {
    return Long.toUnsignedString(incoming.event().getChannelIdLong());
  }

  private static Person person(Interaction interaction) {
    String name =
        Optional.ofNullable(interaction.getMember())
            .map(Member::getEffectiveName)
            .orElseGet(() -> interaction.getUser().getEffectiveName());
    return new Person(DiscordAdapter.PLATFORM, interaction.getUser().getId(), name);
  }

  /** Of a thread, what the channel around it is. */
  private static boolean isAgeRestricted(Channel channel) {
    try {
      Object restricting =
          channel instanceof ThreadChannel thread ? thread.getParentChannel() : channel;
      return restricting instanceof IAgeRestrictedChannel limited && limited.isNSFW();
    } catch (DetachedEntityException | IllegalStateException e) { // nothing is known of it
      return false;
    }
  }

  /** The answer; where the bot is itself, a message of its own there; at last, to the person. */
  private static List<Destination> ladder(Incoming incoming) {
    return ladder(incoming, Optional.empty());
  }

  /**
   * The same, when the number of the message is known that the answer has become. It is edited as
   * an answer as long as that can be: for those edits Discord has no limit that a channel shares.
   */
  static List<Destination> ladder(Incoming incoming, long message) {
    return ladder(
        incoming,
        Optional.of(new DiscordAddress.Message(incoming.event().getChannelIdLong(), message)));
  }

  private static List<Destination> ladder(Incoming incoming, Optional<DiscordAddress> message) {
    List<DiscordAddress> ladder = new ArrayList<>(List.of(hook(incoming)));
    message.ifPresent(ladder::add);
    ladder.addAll(withoutHook(incoming));
    return ladder.stream().map(address -> address.in(channel(incoming))).toList();
  }

  /** The answer to the interaction. */
  static DiscordAddress.Hook hook(Incoming incoming) {
    Interaction interaction = incoming.event();
    return DiscordAddress.Hook.of(
        interaction.getJDA().getSelfUser().getApplicationIdLong(),
        interaction.getToken(),
        interaction.getTimeCreated().toInstant(),
        incoming.facts().largestFile());
  }

  private static List<DiscordAddress> withoutHook(Incoming incoming) {
    long user = incoming.event().getUser().getIdLong();
    DiscordAddress person = new DiscordAddress.Dm(user);
    boolean onServer = incoming.facts().present() && incoming.facts().server().isPresent();
    return onServer
        ? List.of(new DiscordAddress.Channel(incoming.event().getChannelIdLong(), user), person)
        : List.of(person);
  }

  private Callers() {}
}

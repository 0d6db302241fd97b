package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.command.Usage;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.interactions.callbacks.IReplyCallback;
import net.dv8tion.jda.api.interactions.components.ComponentInteraction;

/**
 * Something asked that gets an answer. Immutable.
 *
 * @param usage of the verb, where there is such a verb
 * @param pressed the button that it came by
 */
record Asked(
    Incoming incoming,
    IReplyCallback event,
    Caller caller,
    Optional<Usage> usage,
    Optional<ActionId> pressed) {
  /** Lists, whose buttons turn the page. */
  private static final Set<String> LISTS =
      Set.of("audit", "bans", "changes", "favourites", "history", "policy list", "review");

  boolean draws() {
    return usage.filter(Usage::draws).isPresent();
  }

  /** Whether others may see the answer; what a button tells, only whoever pressed it. */
  boolean forEverybody() {
    return draws()
        || (pressed.isEmpty()
            && usage.filter(verb -> verb.audience() == Audience.EVERYBODY).isPresent());
  }

  /** Whether the pictures of the job that it is about belong into the answer. */
  boolean showsPictures() {
    return !draws() && usage.filter(verb -> verb.audience() == Audience.EVERYBODY).isPresent();
  }

  /** Whether the answer takes the place of the message with the button, as only one sees that. */
  boolean turnsPage() {
    return pressed.filter(action -> LISTS.contains(action.verb())).isPresent()
        && event instanceof ComponentInteraction component
        && component.getMessage().isEphemeral();
  }

  /** Whether a message there can be edited for good. */
  boolean canEdit(Message message) {
    return incoming.facts().present() && !message.isEphemeral();
  }
}

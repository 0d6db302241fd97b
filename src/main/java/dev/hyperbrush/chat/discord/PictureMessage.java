package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.ActionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.entities.Message;

/** A message of the bot, read again: which picture it shows stands in its buttons. */
final class PictureMessage {
  /** Verbs whose buttons carry the number of a job. */
  private static final Set<String> OF_JOBS =
      Set.of(
          "again",
          "cancel",
          "delete",
          "favourite",
          "original",
          "remix",
          "settings",
          "show",
          "upscale",
          "vary");

  /** The job that a message shows; empty when it is not the bot's, or shows none or several. */
  static Optional<Long> job(Message message) {
    if (message.getAuthor().getIdLong() != message.getJDA().getSelfUser().getIdLong()) {
      return Optional.empty();
    }
    List<Long> jobs =
        message.getComponentTree().findAll(Button.class).stream()
            .map(Button::getCustomId)
            .flatMap(id -> Optional.ofNullable(id).flatMap(ActionId::parse).stream())
            .filter(action -> OF_JOBS.contains(action.verb()))
            .map(ActionId::id)
            .distinct()
            .toList();
    return jobs.size() == 1 ? Optional.of(jobs.getFirst()) : Optional.empty();
  }

  private PictureMessage() {}
}

package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.discord.DiscordAddress.Channel;
import dev.hyperbrush.chat.discord.DiscordAddress.Dm;
import dev.hyperbrush.chat.discord.DiscordAddress.Hook;
import dev.hyperbrush.chat.discord.DiscordAddress.Message;
import dev.hyperbrush.command.AdapterParts;
import dev.hyperbrush.delivery.Progress;
import dev.hyperbrush.delivery.ProgressBoard;
import dev.hyperbrush.store.Job;
import java.io.IOException;
import java.util.Optional;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the message that has said "queued" how far the job is. What fails is left out: the next
 * news is as good. Thread-safe.
 */
final class DiscordBoard implements ProgressBoard {
  private static final Logger log = LoggerFactory.getLogger(DiscordBoard.class);

  private final AdapterParts parts;
  private final DiscordMessages messages;
  private final DiscordPosts posts;

  DiscordBoard(AdapterParts parts, DiscordMessages messages, DiscordPosts posts) {
    this.parts = parts;
    this.messages = messages;
    this.posts = posts;
  }

  @Override
  public void show(Progress progress) throws InterruptedException {
    Optional<DiscordAddress> address = address(progress);
    if (address.isEmpty()) {
      return;
    }
    try {
      edit(progress, address.get());
    } catch (IOException | ErrorResponseException e) {
      log.debug("How far job {} is was not said: {}", progress.job().id(), e.getMessage());
    }
  }

  /** The answer, and when its token has ended, the message that it has become. */
  private Optional<DiscordAddress> address(Progress progress) {
    return progress.route().ladder().stream()
        .flatMap(destination -> DiscordAddress.parse(destination.address()).stream())
        .filter(address -> !(address instanceof Hook hook) || isValid(hook))
        .findFirst();
  }

  private boolean isValid(Hook hook) {
    return parts.clock().instant().isBefore(hook.expires());
  }

  private void edit(Progress progress, DiscordAddress address)
      throws IOException, InterruptedException {
    Optional<Job> job = parts.queue().find(progress.job().id());
    if (job.isEmpty() || job.get().state().ended()) {
      return;
    }
    DiscordMessage message =
        messages
            .jobs()
            .underWay(
                parts.commands().view(job.get(), progress.language()),
                progress.language(),
                progress.place(),
                progress.step());
    switch (address) {
      case Hook hook -> posts.edit(hook, message, posts.impatient());
      case Message where -> posts.edit(where, message, posts.impatient());
      case Channel _, Dm _ -> {} // there is no message yet
    }
  }
}

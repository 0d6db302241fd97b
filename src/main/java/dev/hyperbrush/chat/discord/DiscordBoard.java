package dev.hyperbrush.chat.discord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
  private static final int REMEMBERED = 1000;
  private static final Logger log = LoggerFactory.getLogger(DiscordBoard.class);

  private final AdapterParts parts;
  private final DiscordMessages messages;
  private final DiscordPosts posts;
  private final EditOrder order;

  /** Which messages answers have become: those can be edited when their tokens have ended. */
  private final Cache<Long, Message> known = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  DiscordBoard(AdapterParts parts, DiscordMessages messages, DiscordPosts posts, EditOrder order) {
    this.parts = parts;
    this.messages = messages;
    this.posts = posts;
    this.order = order;
  }

  @Override
  public void show(Progress progress) throws InterruptedException {
    Optional<DiscordAddress> address = DiscordAddress.parse(progress.address());
    if (address.isEmpty()) {
      return;
    }
    try {
      order.progress(progress.job().id(), () -> edit(progress, address.get()));
    } catch (IOException | ErrorResponseException e) {
      log.debug("How far job {} is was not said: {}", progress.job().id(), e.getMessage());
    }
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
      case Hook hook -> edit(job.get().id(), hook, message);
      case Message where -> posts.edit(where, message, posts.impatient());
      case Channel _, Dm _ -> {} // there is no message yet
    }
  }

  private void edit(long jobId, Hook hook, DiscordMessage message)
      throws IOException, InterruptedException {
    Message later = known.getIfPresent(jobId);
    if (parts.clock().instant().isBefore(hook.expires())) {
      known.put(jobId, posts.edit(hook, message, posts.impatient()));
    } else if (later != null) {
      posts.edit(later, message, posts.impatient());
    }
  }
}

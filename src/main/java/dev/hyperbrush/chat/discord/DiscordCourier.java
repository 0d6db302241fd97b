package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.discord.DiscordAddress.Channel;
import dev.hyperbrush.chat.discord.DiscordAddress.Dm;
import dev.hyperbrush.chat.discord.DiscordAddress.Hook;
import dev.hyperbrush.chat.discord.DiscordAddress.Message;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.delivery.Courier;
import dev.hyperbrush.delivery.Outcome;
import dev.hyperbrush.delivery.Post;
import dev.hyperbrush.delivery.Withdrawal;
import dev.hyperbrush.store.Picture;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts on Discord: in the message that has said "queued", and when that is gone or its token has
 * expired, in the channel and then to the person. Thread-safe.
 */
final class DiscordCourier implements Courier {
  /** Every place takes so much. */
  private static final long SMALL_FILE = 2L << 20;

  private static final Logger log = LoggerFactory.getLogger(DiscordCourier.class);

  private final Commands commands;
  private final DiscordMessages messages;
  private final DiscordPosts posts;
  private final DiscordRest rest;
  private final InstantSource clock;

  DiscordCourier(
      Commands commands,
      DiscordMessages messages,
      DiscordRest rest,
      DiscordPosts posts,
      InstantSource clock) {
    this.commands = commands;
    this.messages = messages;
    this.rest = rest;
    this.posts = posts;
    this.clock = clock;
  }

  @Override
  public Outcome post(Post post) throws IOException, InterruptedException {
    Optional<DiscordAddress> address = DiscordAddress.parse(post.address());
    if (address.isEmpty()) {
      return new Outcome.NextRung("its address cannot be read");
    }
    if (address.get() instanceof Hook hook && isExpired(hook)) {
      return new Outcome.NextRung("the interaction has expired");
    }
    boolean nothingSaid = address.get() instanceof Channel || address.get() instanceof Dm;
    if (post.known() && nothingSaid) {
      return Outcome.done();
    }
    return judged(() -> Outcome.posted(send(post, address.get()).encode()));
  }

  /** In its usual form, and when that is too large, in a smaller one. */
  private Message send(Post post, DiscordAddress address) throws IOException, InterruptedException {
    JobView view = commands.result(post.job(), post.language());
    try {
      return send(post, address, view, largestFile(address));
    } catch (ErrorResponseException e) {
      if (view.pictures().isEmpty() || !DiscordErrors.isTooLarge(e)) {
        throw e;
      }
      log.info("Job {} is too large for where it goes: sent smaller", post.job().id());
      return send(post, address, view, smaller(view));
    }
  }

  private static long smaller(JobView view) {
    long largest = view.pictures().stream().mapToLong(Picture::bytes).max().orElse(0);
    return Math.min(SMALL_FILE, largest / 2);
  }

  private Message send(Post post, DiscordAddress address, JobView view, long largestFile)
      throws IOException, InterruptedException {
    DiscordMessage message = messages.jobs().ended(view, post.language(), largestFile);
    return switch (address) {
      case Hook hook -> posts.edit(hook, message, posts.patient());
      case Message where -> posts.edit(where, message, posts.patient());
      case Channel where ->
          posts.create(where.channelId(), message.naming(where.userId()), post.nonce());
      case Dm person -> posts.create(posts.open(person), message, post.nonce());
    };
  }

  private long largestFile(DiscordAddress address) {
    return switch (address) {
      case Hook hook -> hook.largestFile();
      case Message where -> largestFile(where.channelId());
      case Channel where -> largestFile(where.channelId());
      case Dm _ -> PictureUploads.USUAL_FILE;
    };
  }

  private long largestFile(long channel) {
    return rest.largestFile(channel).orElse(PictureUploads.USUAL_FILE);
  }

  @Override
  public Outcome withdraw(Withdrawal withdrawal) throws IOException, InterruptedException {
    Optional<DiscordAddress> address = DiscordAddress.parse(withdrawal.address());
    Optional<Message> message =
        withdrawal
            .message()
            .or(() -> Optional.of(withdrawal.address()))
            .flatMap(DiscordAddress::parse)
            .filter(Message.class::isInstance)
            .map(Message.class::cast);
    if (address.isPresent() && address.get() instanceof Hook hook && !isExpired(hook)) {
      Outcome outcome = judged(() -> deleted(hook));
      if (message.isEmpty() || !(outcome instanceof Outcome.NextRung)) {
        return outcome;
      }
    }
    return message.isPresent() ? judged(() -> deleted(message.get())) : Outcome.done();
  }

  private Outcome deleted(Hook hook) throws IOException, InterruptedException {
    posts.delete(hook);
    return Outcome.done();
  }

  private Outcome deleted(Message message) throws IOException, InterruptedException {
    try {
      posts.delete(message);
    } catch (ErrorResponseException e) {
      if (!DiscordErrors.isGone(e)) {
        throw e;
      }
    }
    return Outcome.done();
  }

  private boolean isExpired(Hook hook) {
    return !clock.instant().isBefore(hook.expires());
  }

  private interface Request {
    Outcome make() throws IOException, InterruptedException;
  }

  private static Outcome judged(Request request) throws IOException, InterruptedException {
    try {
      return request.make();
    } catch (DiscordRest.Waiting e) {
      return new Outcome.RetryAfter(e.delay(), e.isEverywhere());
    } catch (ErrorResponseException e) {
      return DiscordErrors.isTooLarge(e)
          ? new Outcome.Refused("too large for Discord in every form")
          : DiscordErrors.outcome(e);
    }
  }
}

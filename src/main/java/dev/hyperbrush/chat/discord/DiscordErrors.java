package dev.hyperbrush.chat.discord;

import dev.hyperbrush.delivery.Outcome;
import java.time.Duration;
import java.util.Set;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.requests.ErrorResponse;

/** What Discord's errors mean for a post. */
final class DiscordErrors {
  /** Where a channel takes nothing for a while, though its bucket has room. */
  private static final Duration SLOW = Duration.ofSeconds(10);

  private static final Duration DM_PAUSE = Duration.ofMinutes(1);
  private static final int LONGEST_CAUSE = 200;

  /** Too large, whichever of its parts says so. */
  private static final Set<Integer> TOO_LARGE =
      Set.of(
          ErrorResponse.REQUEST_ENTITY_TOO_LARGE.getCode(),
          ErrorResponse.FILE_UPLOAD_MAX_SIZE_EXCEEDED.getCode());

  /** Discord is up, and this channel is slow. */
  private static final Set<Integer> SLOWED =
      Set.of(
          ErrorResponse.SLOWMODE_RATE_LIMIT.getCode(),
          ErrorResponse.ANNOUNCEMENT_RATE_LIMIT.getCode(),
          ErrorResponse.CHANNEL_WRITE_RATE_LIMIT.getCode(),
          ErrorResponse.GUILD_WRITE_RATE_LIMIT.getCode(),
          ErrorResponse.SERVICE_RESOURCE_RATE_LIMIT.getCode());

  /** Passes by itself. */
  private static final Set<Integer> PASSING =
      Set.of(
          ErrorResponse.MESSAGE_SEND_TEMPORARILY_DISABLED.getCode(),
          ErrorResponse.FEATURE_TEMPORARILY_DISABLED.getCode(),
          ErrorResponse.CLOUDFLARE_BLOCKED_REQUEST.getCode(),
          ErrorResponse.RESOURCES_OVERLOADED.getCode());

  /** The place is closed for this post, though the status is not 403 or 404. */
  private static final Set<Integer> CLOSED =
      Set.of(
          ErrorResponse.EXPLICIT_CONTENT_CANNOT_SEND_TO_RECIPIENT.getCode(),
          ErrorResponse.MAX_OLD_MESSAGE_EDITS.getCode(),
          ErrorResponse.INVALID_DM_ACTION.getCode(),
          ErrorResponse.INVALID_AUTHOR_EDIT.getCode(),
          ErrorResponse.CANNOT_SEND_TO_USER.getCode(),
          ErrorResponse.CANNOT_MESSAGE_VC.getCode(),
          ErrorResponse.CANNOT_SEND_MESSAGE_IN_FORUM.getCode(),
          ErrorResponse.INVALID_CHANNEL_TYPE.getCode(),
          ErrorResponse.INVALID_WEBHOOK_TOKEN.getCode(),
          ErrorResponse.INVALID_RECIPIENT.getCode(),
          ErrorResponse.ILLEGAL_OPERATION_ARCHIVED_THREAD.getCode(),
          ErrorResponse.NO_MUTUAL_GUILDS.getCode(),
          ErrorResponse.THREAD_LOCKED.getCode(),
          ErrorResponse.MESSAGE_BLOCKED_BY_AUTOMOD.getCode(),
          ErrorResponse.MAX_FOLLOW_UP_MESSAGES_HIT.getCode(),
          ErrorResponse.MESSAGE_BLOCKED_BY_HARMFUL_LINK_FILTER.getCode());

  /** Whether a smaller form of it may be taken. */
  static boolean isTooLarge(ErrorResponseException error) {
    return status(error) == 413 || TOO_LARGE.contains(error.getErrorCode());
  }

  /** Whether what it is about is not there. */
  static boolean isGone(ErrorResponseException error) {
    return error.getErrorResponse() == ErrorResponse.UNKNOWN_MESSAGE;
  }

  /** What follows for a post. */
  static Outcome outcome(ErrorResponseException error) {
    int code = error.getErrorCode();
    if (SLOWED.contains(code)) {
      return new Outcome.RetryAfter(SLOW, false);
    } else if (code == ErrorResponse.OPEN_DM_TOO_FAST.getCode()) {
      return new Outcome.RetryAfter(DM_PAUSE, false);
    } else if (PASSING.contains(code)) {
      return new Outcome.TryAgain(cause(error));
    } else if (CLOSED.contains(code)) {
      return new Outcome.NextRung(cause(error));
    }
    return byStatus(error);
  }

  private static Outcome byStatus(ErrorResponseException error) {
    int status = status(error);
    String cause = cause(error);
    return switch (status) {
      case 401 -> new Outcome.TryAgain("Discord does not accept the bot's token: " + cause);
      case 403, 404 ->
          error.getErrorCode() == status // not a word of Discord's: something on the way there
              ? new Outcome.TryAgain(cause)
              : new Outcome.NextRung(cause);
      case 429 -> new Outcome.RetryAfter(SLOW, false);
      default ->
          status >= 400 && status < 500 ? new Outcome.Refused(cause) : new Outcome.TryAgain(cause);
    };
  }

  /** Negative when there was no answer. */
  private static int status(ErrorResponseException error) {
    return error.getResponse().code;
  }

  private static String cause(ErrorResponseException error) {
    return "Discord: " + Markdown.plain(String.valueOf(error.getMessage()), LONGEST_CAUSE);
  }

  private DiscordErrors() {}
}

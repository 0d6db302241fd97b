package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.delivery.Outcome;
import java.time.Duration;
import java.util.List;

/** What Telegram's refusals mean for a post. Its words are those of the Bot API server. */
final class TelegramOutcomes {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int TOO_LARGE = 413;

  private static final List<String> TOO_LARGE_WORDS =
      List.of(
          "too big",
          "too large",
          "photo_invalid_dimensions",
          "image_process_failed",
          "photo_save_file_invalid");

  private static final List<String> GONE_WORDS =
      List.of("message to delete not found", "message to edit not found", "message_id_invalid");

  /**
   * What follows for the post.
   *
   * @param blocked how long Telegram takes nothing at all
   */
  static Outcome of(TelegramFailure failure, Duration blocked) {
    if (failure.retryAfter().isPresent()) {
      return new Outcome.RetryAfter(failure.retryAfter().get(), !blocked.isZero());
    } else if (isTooLarge(failure)) {
      return new Outcome.Refused(failure.getMessage());
    }
    // 400: the chat, the topic or the message is not there, or the bot may not write in it.
    // 403: it was blocked or thrown out. All others, 401 and 404 for a wrong token among them, may
    // be mended without the person.
    return failure.code() == BAD_REQUEST || failure.code() == FORBIDDEN
        ? new Outcome.NextRung(failure.getMessage())
        : new Outcome.TryAgain(failure.getMessage());
  }

  /** Whether the picture would be taken if it were smaller, or a file. */
  static boolean isTooLarge(TelegramFailure failure) {
    return failure.code() == TOO_LARGE
        || (failure.code() == BAD_REQUEST && TOO_LARGE_WORDS.stream().anyMatch(failure::says));
  }

  /** Whether Telegram does not have the file that it was asked for. */
  static boolean isUnknownFile(TelegramFailure failure) {
    return failure.code() == BAD_REQUEST && failure.says("file");
  }

  /** Whether the message is as it should be already, as when a call is made again. */
  static boolean isDoneAlready(TelegramFailure failure) {
    return failure.code() == BAD_REQUEST && failure.says("message is not modified");
  }

  /** Whether the message is not there any more. */
  static boolean isGone(TelegramFailure failure) {
    return failure.code() == BAD_REQUEST && GONE_WORDS.stream().anyMatch(failure::says);
  }

  private TelegramOutcomes() {}
}

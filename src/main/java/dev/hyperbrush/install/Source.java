package dev.hyperbrush.install;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.install.Web.Wanted;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import okhttp3.Response;

/** Asks for one file, and says of each answer whether it can be used. Thread-safe. */
final class Source {
  private final Web web;
  private final Wish wish;
  private final InstantSource clock;

  Source(Web web, Wish wish, InstantSource clock) {
    this.web = web;
    this.wish = wish;
    this.clock = clock;
  }

  /** Asks for the first byte, to learn of the rest. */
  RemoteFile look() throws IOException {
    try (Response answer = get(Optional.of("bytes=0-0"), Optional.empty())) {
      if (answer.code() != 416) {
        return RemoteFile.of(wish.address(), checked(answer));
      }
    }
    // Nothing to give a first byte of, or something that does not know ranges.
    try (Response answer = get(Optional.empty(), Optional.empty())) {
      return RemoteFile.of(wish.address(), checked(answer));
    }
  }

  /** All of it. */
  Response whole() throws IOException {
    return open(get(Optional.empty(), Optional.empty()));
  }

  /**
   * The part of a segment that is missing.
   *
   * @throws ChangedAtSource when it would be of another file than {@code remote}
   */
  Response rest(Segment segment, RemoteFile remote) throws IOException {
    long next = segment.next();
    String range = "bytes=" + next + "-" + (segment.to() - 1);
    Response answer = get(Optional.of(range), remote.validator());
    try {
      if (answer.code() == 200 || answer.code() == 416) {
        throw new ChangedAtSource();
      }
      requireSame(checked(answer), next, remote);
      return answer;
    } catch (IOException | RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  private static void requireSame(Response answer, long next, RemoteFile remote)
      throws IOException {
    RemoteFile.ContentRange range =
        RemoteFile.ContentRange.of(answer)
            .filter(found -> found.from() == next)
            .orElseThrow(() -> new IOException("it sends another part than the one asked for"));
    boolean otherLength = range.total() >= 0 && range.total() != remote.length().orElse(-1);
    Optional<String> validator = RemoteFile.validatorOf(answer);
    boolean otherFile = validator.isPresent() && !validator.equals(remote.validator());
    if (otherLength || otherFile) {
      throw new ChangedAtSource();
    }
  }

  private Response get(Optional<String> range, Optional<String> validator) throws IOException {
    return web.get(wish.address(), new Wanted(range, validator, wish.gated()));
  }

  private Response open(Response answer) throws IOException {
    try {
      return checked(answer);
    } catch (IOException | RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  private Response checked(Response answer) throws IOException {
    int status = answer.code();
    if (status == 200 || status == 206) {
      if (RemoteFile.isPage(answer)) {
        throw new Refusal(ReasonCode.DOWNLOAD_NOT_A_FILE, wish.address());
      }
      return answer;
    }
    if (status >= 500 || status == 408 || status == 425 || status == 429) {
      throw Busy.of(answer, clock.instant());
    }
    throw switch (status) {
      case 401, 403 ->
          new Refusal(ReasonCode.DOWNLOAD_FORBIDDEN, wish.address(), wish.name(), status);
      case 404, 410 -> new Refusal(ReasonCode.DOWNLOAD_MISSING, wish.address(), status);
      default ->
          new Refusal(
              ReasonCode.DOWNLOAD_FAILED, wish.address(), "it answers with status " + status);
    };
  }
}

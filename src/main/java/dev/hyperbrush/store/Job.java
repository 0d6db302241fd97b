package dev.hyperbrush.store;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.Phrase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request to draw and what became of it, as it was when it was read. Immutable.
 *
 * @param request with its seed fixed, so that drawing it again gives the same picture
 * @param attempts tries to draw it that came to nothing
 * @param failure why there is no picture, when {@link JobState#FAILED}
 * @param notices what the person should know: what of the wish was changed, and that the prompt was
 *     cut
 * @param parent the picture that it is a variation of, which may be deleted
 * @param spoiler whether its pictures are covered until somebody wants to see them
 */
public record Job(
    long id,
    long personId,
    Origin origin,
    GenerationRequest request,
    JobState state,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    int attempts,
    Optional<Phrase> failure,
    List<Phrase> notices,
    Optional<PictureRef> parent,
    boolean spoiler) {
  public Job {
    notices = List.copyOf(notices);
  }

  /** A job as it begins. */
  public static Job queued(long id, NewJob accepted, Instant createdAt) {
    return begun(id, accepted, JobState.QUEUED, createdAt);
  }

  /** A job as it begins when a moderator looks at it first. */
  public static Job held(long id, NewJob accepted, Instant createdAt) {
    return begun(id, accepted, JobState.HELD, createdAt);
  }

  private static Job begun(long id, NewJob accepted, JobState state, Instant createdAt) {
    return new Job(
        id,
        accepted.personId(),
        accepted.origin(),
        accepted.request(),
        state,
        createdAt,
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        accepted.notices(),
        accepted.parent(),
        accepted.spoiler());
  }
}

package dev.hyperbrush.chat.web;

import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.chat.TimeText;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Picture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A job as the page's scripts read it. Immutable.
 *
 * @param state in lower case
 * @param line the command that asks for the same again
 * @param readyIn seconds until its pictures are there, about; empty when that is not known
 * @param soon the same in words
 * @param created when it was asked for
 * @param millis drawing time
 */
record JobJson(
    long id,
    String state,
    String prompt,
    String negative,
    String line,
    String model,
    int width,
    int height,
    int steps,
    double guidance,
    String scheduler,
    List<String> loras,
    int position,
    Optional<Long> readyIn,
    Optional<String> soon,
    Instant created,
    Optional<Long> millis,
    Optional<Errors.ErrorJson> error,
    List<String> notices,
    List<PictureJson> pictures,
    List<ButtonJson> buttons) {

  /**
   * A finished picture.
   *
   * @param seed as text: scripts lose digits beyond 2^53
   */
  record PictureJson(
      int index, String url, String seed, int width, int height, boolean favourite) {}

  /** Something to press. */
  record ButtonJson(String verb, String label, String action) {
    static ButtonJson of(Button button) {
      return new ButtonJson(button.action().verb(), button.label(), button.action().encode());
    }
  }

  static JobJson of(JobView view, Locale language) {
    Job job = view.job();
    GenerationRequest request = job.request();
    return new JobJson(
        job.id(),
        job.state().name().toLowerCase(Locale.ROOT),
        request.prompt(),
        request.negativePrompt(),
        view.command(),
        request.model(),
        request.size().width(),
        request.size().height(),
        request.steps(),
        request.guidanceScale(),
        request.scheduler(),
        request.loras().stream().map(lora -> lora.name() + ":" + lora.weight()).toList(),
        view.position(),
        view.readyIn().map(Duration::toSeconds),
        view.readyIn().map(time -> TimeText.about(language, time)),
        job.createdAt(),
        millis(job),
        job.failure().map(why -> new Errors.ErrorJson(why.code().name(), Texts.say(language, why))),
        job.notices().stream().map(notice -> Texts.say(language, notice)).toList(),
        view.pictures().stream().map(JobJson::picture).toList(),
        view.buttons().stream().map(ButtonJson::of).toList());
  }

  private static Optional<Long> millis(Job job) {
    return job.startedAt()
        .flatMap(start -> job.finishedAt().map(end -> Duration.between(start, end).toMillis()));
  }

  private static PictureJson picture(Picture picture) {
    return new PictureJson(
        picture.index(),
        "/pictures/" + picture.jobId() + "/" + picture.index() + ".png",
        String.valueOf(picture.seed().value()),
        picture.width(),
        picture.height(),
        picture.favourite());
  }
}

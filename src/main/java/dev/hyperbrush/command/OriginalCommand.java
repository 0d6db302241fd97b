package dev.hyperbrush.command;

import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.Picture;
import dev.hyperbrush.store.PictureStore;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;

/**
 * {@code /original}: hands out pictures as they were stored, with the settings in them, which
 * platforms take out of what they show. Thread-safe.
 */
final class OriginalCommand implements JobVerb {
  private final JobQueue queue;
  private final PictureStore files;
  private final JobDesk desk;

  OriginalCommand(JobQueue queue, PictureStore files, JobDesk desk) {
    this.queue = queue;
    this.files = files;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    return Usage.of("original").needs("picture").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    PictureChoice choice = call.picture();
    Job job = desk.visible(call, choice.jobId());
    OptionalInt index = desk.index(job, choice);
    List<Picture> pictures =
        queue.pictures(job.id()).stream()
            .filter(picture -> index.isEmpty() || picture.index() == index.getAsInt())
            .toList();
    if (pictures.isEmpty()) {
      throw new Refusal(ReasonCode.PICTURE_NOT_DONE, job.id());
    }
    return pictures.size() == 1 ? one(call, pictures.getFirst()) : all(call, job, pictures);
  }

  private Reply one(Call call, Picture picture) {
    files.file(picture); // refuses now what is not there
    String name = picture.jobId() + "." + (picture.index() + 1);
    return Reply.text(Texts.get(call.locale(), "original.one", name))
        .withAttachment(
            new Attachment(
                fileName(picture),
                "image/png",
                picture.bytes(),
                () -> Files.newInputStream(files.file(picture))));
  }

  private Reply all(Call call, Job job, List<Picture> pictures) {
    long bytes = pictures.stream().mapToLong(Picture::bytes).sum();
    if (bytes > ExportCommand.limit(call.origin())) {
      throw new Refusal(ReasonCode.ORIGINALS_TOO_LARGE, job.id(), pictures.size());
    }
    return Reply.text(Texts.get(call.locale(), "original.all", job.id(), pictures.size()))
        .withAttachment(
            new Attachment(
                "hyperbrush-" + job.id() + ".zip",
                "application/zip",
                bytes,
                () -> new Zipped(pictures.stream().map(this::entry).iterator(), () -> {})));
  }

  private Entry entry(Picture picture) {
    return new Entry(fileName(picture), false, () -> Files.newInputStream(files.file(picture)));
  }

  private static String fileName(Picture picture) {
    return "hyperbrush-" + picture.jobId() + "-" + (picture.index() + 1) + ".png";
  }
}

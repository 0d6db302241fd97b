package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.JobWords;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.Picture;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.dv8tion.jda.api.components.mediagallery.MediaGallery;
import net.dv8tion.jda.api.components.mediagallery.MediaGalleryItem;

/** Turns jobs into messages: what is said while they wait, and how they ended. Thread-safe. */
final class JobMessages {
  private static final int PROMPT = 600;
  private static final int ALT_TEXT = 1024;

  private final PictureUploads uploads;
  private final InstantSource clock;

  JobMessages(PictureUploads uploads, InstantSource clock) {
    this.uploads = uploads;
    this.clock = clock;
  }

  /**
   * A job that waits or is drawn.
   *
   * @param step done, of those of its request
   */
  DiscordMessage underWay(JobView view, Locale locale, Place place, int step) {
    Job job = view.job();
    String line = "#" + job.id() + " · " + state(job, locale, place, step);
    Layout layout = begun(view);
    layout.markdown("-# " + line);
    layout.small(JobWords.notices(locale, job));
    return layout.build(locale, "");
  }

  /** It is of our own words alone, numbers, and Discord's own mark for a time. */
  private String state(Job job, Locale locale, Place place, int step) {
    if (job.state() == JobState.HELD) {
      return JobWords.held(locale);
    }
    if (place.position() > 0 && step == 0) {
      return JobWords.waiting(locale, place, place.readyIn().map(this::relative));
    }
    return JobWords.drawing(locale, step, job.request().steps());
  }

  /** Counts down in the person's own client. */
  private String relative(Duration time) {
    return "<t:" + clock.instant().plus(time).getEpochSecond() + ":R>";
  }

  /**
   * A job that has ended.
   *
   * @param largestFile bytes of one file that may be sent there
   * @throws dev.hyperbrush.generation.Refusal when a picture is not there any more
   */
  DiscordMessage ended(JobView view, Locale locale, long largestFile) {
    Job job = view.job();
    if (job.state() != JobState.DONE) {
      Layout layout = begun(view);
      layout.text(JobWords.ended(locale, job));
      return layout.build(locale, "");
    }
    Layout layout = new Layout();
    layout.bottom(view.buttons());
    List<String> remarks = new ArrayList<>(List.of(JobWords.settings(locale, job)));
    remarks.addAll(JobWords.notices(locale, job));
    remarks.addAll(addPictures(layout, view, locale, largestFile));
    layout.markdown(Markdown.line(job.request().prompt(), PROMPT));
    layout.small(remarks);
    return layout.build(locale, "");
  }

  private static Layout begun(JobView view) {
    Layout layout = new Layout();
    layout.bottom(view.buttons());
    layout.markdown(Markdown.line(view.job().request().prompt(), PROMPT));
    return layout;
  }

  /** The pictures; returns what is to be said about them. */
  List<String> addPictures(Layout layout, JobView view, Locale locale, long largestFile) {
    if (view.pictures().isEmpty()) {
      return List.of();
    }
    PictureUploads.Uploads files = uploads.of(view.pictures(), largestFile);
    List<MediaGalleryItem> items = new ArrayList<>();
    for (int i = 0; i < view.pictures().size(); i++) {
      items.add(
          MediaGalleryItem.fromFile(files.files().get(i))
              .withDescription(altText(view.job(), view.pictures().get(i)))
              .withSpoiler(view.job().spoiler()));
    }
    layout.add(MediaGallery.of(items));
    return switch (files.form()) {
      case ORIGINALS -> List.of();
      case TOO_LARGE_TOGETHER -> List.of(Texts.get(locale, "discord.jpeg.together"));
      case TOO_LARGE -> List.of(Texts.get(locale, "discord.jpeg"));
    };
  }

  private static String altText(Job job, Picture picture) {
    String number = job.request().count() == 1 ? "" : "." + (picture.index() + 1);
    String text = Markdown.plain(job.request().prompt(), ALT_TEXT);
    return text.isBlank() ? "#" + job.id() + number : text;
  }
}

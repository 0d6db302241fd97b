package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Card;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.queue.Place;
import dev.hyperbrush.store.JobState;
import dev.hyperbrush.store.PictureStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.components.filedisplay.FileDisplay;
import net.dv8tion.jda.api.utils.FileUpload;

/** Turns answers into messages. Thread-safe. */
final class DiscordMessages {
  private final JobMessages jobs;

  /** With pictures from there. */
  DiscordMessages(PictureStore files, InstantSource clock) {
    this.jobs = new JobMessages(new PictureUploads(files), clock);
  }

  /**
   * An answer in words, its buttons and its file.
   *
   * @param largestFile bytes of one file that may be sent there
   */
  DiscordMessage answer(Reply reply, Locale locale, long largestFile) {
    return answer(reply, locale, largestFile, false);
  }

  /**
   * An answer, and the pictures of the job that it is about.
   *
   * @param largestFile bytes of one file that may be sent there
   * @throws dev.hyperbrush.generation.Refusal when a picture is not there any more
   */
  DiscordMessage answerWithPictures(Reply reply, Locale locale, long largestFile) {
    return answer(reply, locale, largestFile, true);
  }

  /**
   * The answer to a wish to draw, where the picture will be: its place in the queue, or how far it
   * is. What else may have come of the wish is said as any answer.
   */
  DiscordMessage queued(Reply reply, Locale locale) {
    Optional<JobView> job = only(reply).filter(view -> isUnderWay(view.job().state()));
    return job.map(view -> jobs.underWay(view, locale, placeOf(view), 0))
        .orElseGet(() -> answer(reply, locale, PictureUploads.USUAL_FILE));
  }

  /** What is said of jobs where they will be, and how they ended. */
  JobMessages jobs() {
    return jobs;
  }

  private static boolean isUnderWay(JobState state) {
    return state == JobState.QUEUED || state == JobState.RUNNING;
  }

  private static Place placeOf(JobView view) {
    return new Place(view.position(), view.readyIn());
  }

  private DiscordMessage answer(
      Reply reply, Locale locale, long largestFile, boolean withPictures) {
    Layout layout = new Layout();
    layout.bottom(bottom(reply));
    List<String> remarks = new ArrayList<>(said(locale, reply.notices()));
    if (withPictures) {
      only(reply)
          .ifPresent(view -> remarks.addAll(jobs.addPictures(layout, view, locale, largestFile)));
    }
    Optional<Attachment> file = reply.attachment().filter(one -> one.size() <= largestFile);
    if (file.isEmpty() && reply.attachment().isPresent()) {
      remarks.add(Texts.get(locale, "discord.file.large", largestFile >> 20));
    }
    addText(layout, reply, locale);
    layout.small(remarks);
    file.ifPresent(one -> layout.add(FileDisplay.fromFile(upload(one))));
    return layout.build(locale, whole(locale, reply));
  }

  /** With cards, only the first line of the text, as the others say the same; if it is news. */
  private static void addText(Layout layout, Reply reply, Locale locale) {
    if (reply.jobs().size() > 1) {
      new JobLines(layout, locale).add(reply);
    } else if (reply.jobs().isEmpty() && !reply.cards().isEmpty()) {
      String title = reply.text().lines().findFirst().orElse("");
      if (reply.cards().stream().noneMatch(card -> says(card, title))) {
        layout.text(title);
      }
      layout.cards(reply.cards());
    } else {
      layout.text(reply.text());
    }
  }

  private static boolean says(Card card, String line) {
    return card.title().equals(line)
        || card.fields().stream()
            .anyMatch(field -> (field.name() + ": " + field.value()).equals(line));
  }

  /** Of the only job too; cards beside a job are its kin, said in the text, and lead there. */
  private static List<Button> bottom(Reply reply) {
    List<Button> buttons = new ArrayList<>(reply.buttons());
    Set<String> verbs =
        buttons.stream().map(Button::action).map(ActionId::verb).collect(Collectors.toSet());
    only(reply).stream()
        .flatMap(view -> view.buttons().stream())
        .filter(button -> !verbs.contains(button.action().verb()))
        .forEach(buttons::add);
    if (!reply.jobs().isEmpty()) {
      reply.cards().stream().flatMap(card -> leadingTo(card).stream()).forEach(buttons::add);
    }
    return buttons;
  }

  private static Optional<Button> leadingTo(Card card) {
    String number = card.title().split(" ", 2)[0];
    return card.buttons().stream()
        .findFirst()
        .map(first -> new Button(first.label() + " " + number, first.action()));
  }

  private static Optional<JobView> only(Reply reply) {
    return reply.jobs().size() == 1 ? Optional.of(reply.jobs().getFirst()) : Optional.empty();
  }

  private static List<String> said(Locale locale, List<Phrase> phrases) {
    return phrases.stream().map(phrase -> Texts.say(locale, phrase)).toList();
  }

  private static String whole(Locale locale, Reply reply) {
    List<String> lines = new ArrayList<>(List.of(reply.text()));
    lines.addAll(said(locale, reply.notices()));
    return String.join("\n", lines);
  }

  static FileUpload upload(Attachment file) {
    return FileUpload.fromStreamSupplier(file.name(), () -> open(file));
  }

  private static InputStream open(Attachment file) {
    try {
      return file.content().open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Attachment;
import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.store.ExportDao.Part;
import dev.hyperbrush.store.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /export}: hands people their own as zip files. Thread-safe. */
final class ExportCommand implements Verb {
  private static final String NAME = "export";

  /** The button that asks for the first part. */
  static final ActionId ASK = new ActionId(NAME, 1, 0);

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  /** Bytes of pictures in one file: below what a platform takes, so that the rest has room. */
  private static final Map<String, Long> LIMITS =
      Map.of("discord", 9L << 20, "telegram", 47L << 20);

  /** What every zip program and every file system takes. */
  private static final long LARGEST = 2L << 30;

  /** About, of what is not pictures. */
  private static final long BYTES_OF_JOB = 400;

  private final Export export;

  ExportCommand(Export export) {
    this.export = export;
  }

  @Override
  public Usage usage() {
    return Usage.of(NAME).takes("part").evenWhenBanned().saidTo(Audience.ONLY_ASKER);
  }

  @Override
  public Reply run(Call call) {
    export.requireNone(call.personId());
    long limit = limit(call.origin());
    List<Part> parts = export.parts(call.personId(), limit);
    int count = Math.max(1, parts.size());
    int number = number(call.arguments().text(), count);
    Optional<Part> part = parts.isEmpty() ? Optional.empty() : Optional.of(parts.get(number - 1));
    long size = part.map(all -> all.bytes() + all.jobs() * BYTES_OF_JOB).orElse(0L);
    String text =
        Texts.get(
            call.locale(),
            "export.part",
            number,
            count,
            part.map(Part::jobs).orElse(0L),
            part.map(Part::pictures).orElse(0L),
            Math.max(1, size >> 20));
    List<Button> buttons = new ArrayList<>();
    if (number < count) {
      buttons.add(
          new Button(
              Texts.get(call.locale(), "button.export.next"), new ActionId(NAME, number + 1, 0)));
    }
    return Reply.text(text)
        .withAttachment(attachment(call, part, number, size))
        .withButtons(buttons);
  }

  /** Bytes of pictures that one file may have there. */
  static long limit(Origin there) {
    return LIMITS.getOrDefault(there.platform(), LARGEST);
  }

  private static int number(String text, int count) {
    if (text.isEmpty()) {
      return 1;
    }
    if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > count) {
      throw new Refusal(ReasonCode.EXPORT_PART, Shown.brief(text), count);
    }
    return Integer.parseInt(text);
  }

  private Attachment attachment(Call call, Optional<Part> part, int number, long size) {
    String readme = Texts.get(call.locale(), "export.readme") + "\n";
    return new Attachment(
        "hyperbrush-" + number + ".zip",
        "application/zip",
        size,
        () -> export.open(call.personId(), part, readme, number == 1));
  }

  @Override
  public Optional<String> pressed(ActionId action) {
    return Optional.of(String.valueOf(action.id()));
  }
}

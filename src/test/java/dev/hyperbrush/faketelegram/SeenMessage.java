package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message as people see it at one moment. Immutable.
 *
 * @param at when it was sent
 * @param text or caption, without its marks
 * @param marks what is bold, a link and so on
 * @param photo as a download gives it: encoded again
 * @param album messages of one album share it
 * @param earlier what it was before its edits, the oldest first
 */
public record SeenMessage(
    int id,
    Instant at,
    boolean byBot,
    String sender,
    String text,
    List<Mark> marks,
    List<List<SeenButton>> keyboard,
    Optional<SeenFile> photo,
    Optional<SeenFile> document,
    boolean spoiler,
    Optional<Integer> thread,
    Optional<Integer> repliesTo,
    Optional<String> album,
    List<SeenMessage> earlier) {

  /**
   * A part of the text that stands out.
   *
   * @param type {@code bold}, {@code code}, {@code text_link}, ...
   * @param text that is marked
   */
  public record Mark(String type, String text, Optional<String> link) {}

  /**
   * A button below.
   *
   * @param data sent when it is pressed
   * @param json the whole button, as it was sent
   */
  public record SeenButton(
      String text, Optional<String> data, Optional<String> url, JsonNode json) {}

  /** A file, downloaded when {@link #bytes} is asked for. */
  public static final class SeenFile {
    private final StoredFile file;

    SeenFile(StoredFile file) {
      this.file = file;
    }

    public String id() {
      return file.id();
    }

    public String name() {
      return file.name();
    }

    public byte[] bytes() {
      return file.content();
    }

    public int width() {
      return file.width();
    }

    public int height() {
      return file.height();
    }
  }

  static SeenMessage of(Message message) {
    return new SeenMessage(
        message.id,
        message.date,
        message.from.isBot(),
        message.from.firstName(),
        message.words.text(),
        message.words.spans().stream().map(span -> mark(message.words.text(), span)).toList(),
        Keyboards.seen(message.keyboard),
        message.photo.isEmpty()
            ? Optional.empty()
            : Optional.of(new SeenFile(message.photo.getLast())),
        message.document.map(SeenFile::new),
        message.spoiler,
        message.thread,
        message.repliesTo.map(to -> to.id),
        message.album,
        List.copyOf(message.revisions));
  }

  private static Mark mark(String text, Formatted.Span span) {
    return new Mark(
        span.type(), text.substring(span.offset(), span.offset() + span.length()), span.extra());
  }

  /** All buttons, row by row. */
  public List<SeenButton> buttons() {
    return keyboard.stream().flatMap(List::stream).toList();
  }

  /** The button whose data starts so. */
  public Optional<SeenButton> button(String dataStart) {
    return buttons().stream().filter(b -> b.data().orElse("").startsWith(dataStart)).findFirst();
  }

  /** Whether a text of this message, now or before an edit, has this in it. */
  public boolean everSaid(String part) {
    return Stream.concat(earlier.stream(), Stream.of(this)).anyMatch(m -> m.text.contains(part));
  }
}

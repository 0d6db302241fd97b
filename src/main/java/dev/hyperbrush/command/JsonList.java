package dev.hyperbrush.command;

import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Function;

/** A JSON array, written value by value while it is read. Owned by one thread. */
final class JsonList<T> extends InputStream {
  private final Iterator<T> values;
  private final Function<T, Object> form;
  private final ObjectWriter json;
  private InputStream piece = InputStream.nullInputStream();
  private String before = "[\n";
  private boolean ended;

  /**
   * Of values.
   *
   * @param form what of a value is written
   */
  JsonList(Iterator<T> values, Function<T, Object> form, ObjectWriter json) {
    this.values = values;
    this.form = form;
    this.json = json;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = piece.read(bytes, offset, length);
    while (count < 0 && !ended) {
      piece = new ByteArrayInputStream(nextPiece().getBytes(StandardCharsets.UTF_8));
      count = piece.read(bytes, offset, length);
    }
    return count;
  }

  private String nextPiece() throws IOException {
    if (values.hasNext()) {
      String value = before + json.writeValueAsString(form.apply(values.next()));
      before = ",\n";
      return value;
    }
    ended = true;
    return before.startsWith("[") ? "[]\n" : "\n]\n";
  }
}

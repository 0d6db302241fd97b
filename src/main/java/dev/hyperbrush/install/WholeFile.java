package dev.hyperbrush.install;

import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import okhttp3.Response;

/**
 * Fetches a file from a source that gives no parts of it: every failure begins anew. Owned by one
 * thread.
 */
final class WholeFile {
  /** No file of a model is larger; of an endless one no more is taken. */
  private static final long MOST = 64L << 30;

  private final Source source;
  private final Transfer transfer;
  private final Wish wish;

  WholeFile(Source source, Transfer transfer, Wish wish) {
    this.source = source;
    this.transfer = transfer;
    this.wish = wish;
  }

  /** What a source may send that does not say how much it will be. */
  static long most(Wish wish) {
    return wish.bytes().orElse(MOST);
  }

  void fetch(Tries tries) throws IOException, InterruptedException {
    tries.run(() -> {
      Segment all = transfer.file().segments().getFirst();
      all.restart();
      try (Response answer = source.whole()) {
        transfer.copy(answer, all);
        requireEnd(answer, all);
      }
      return all;
    });
  }

  /** Where no length was named, the end is where the answer ends. */
  private void requireEnd(Response answer, Segment all) throws IOException {
    boolean said = transfer.remote().length().isPresent();
    if (said && !all.complete()) {
      throw new IOException("the connection ended early");
    }
    if (!said && all.complete() && answer.body().byteStream().read() >= 0) {
      throw tooMuch(all.next());
    }
    if (!said && wish.bytes().isPresent() && all.next() != wish.bytes().getAsLong()) {
      throw new IOException("the connection ended early");
    }
    transfer.file().cut(all.next());
  }

  private Refusal tooMuch(long bytes) throws IOException {
    PartialFile.discard(wish.target());
    return new Refusal(
        ReasonCode.DOWNLOAD_SIZE_WRONG,
        wish.address(),
        "more than " + bytes,
        wish.bytes().orElse(bytes));
  }
}

package dev.hyperbrush.install;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import okhttp3.Response;

/** Fetches all segments of a file at once, each over a connection of its own. */
final class Segments {
  /** Less than this may be a server that never gets further. */
  private static final long PROGRESS = 64 << 10;

  private final Source source;
  private final Transfer transfer;
  private final Web web;

  Segments(Source source, Transfer transfer, Web web) {
    this.source = source;
    this.transfer = transfer;
    this.web = web;
  }

  /** Ends when all is there, or with the first failure that trying again does not help. */
  void fetch(Supplier<Tries> tries) throws IOException, InterruptedException {
    List<Future<Object>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        ExecutorCompletionService<Object> ends = new ExecutorCompletionService<>(threads);
        for (Segment segment : transfer.file().segments()) {
          running.add(
              ends.submit(() -> {
                fetch(segment, tries.get());
                return segment;
              }));
        }
        for (int i = 0; i < running.size(); i++) {
          outcome(ends.take());
        }
      } finally {
        if (!running.stream().allMatch(Future::isDone)) {
          running.forEach(one -> one.cancel(true));
          web.cancel();
        }
      }
    } finally {
      transfer.keep();
    }
  }

  private void fetch(Segment segment, Tries tries) throws IOException, InterruptedException {
    tries.run(() -> {
      long before = segment.next();
      try {
        if (!segment.complete()) {
          rest(segment);
        }
      } finally {
        if (segment.next() - before >= PROGRESS) {
          tries.progressed();
        }
      }
      return segment;
    });
  }

  private void rest(Segment segment) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new DiskFailure(new IOException("stopped"));
    }
    try (Response answer = source.rest(segment, transfer.remote())) {
      transfer.copy(answer, segment);
    }
    if (!segment.complete()) {
      throw new IOException("the connection ended early");
    }
  }

  private static void outcome(Future<Object> end) throws IOException, InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}

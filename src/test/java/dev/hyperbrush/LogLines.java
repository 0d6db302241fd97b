package dev.hyperbrush;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Hears all that is logged, down to what the program says only when it is looked into, with stack
 * traces. Thread-safe.
 */
public final class LogLines implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("dev.hyperbrush");
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> ear =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage() + trace(event.getThrowableProxy()));
        }
      };

  private LogLines() {
    ear.start();
    root.addAppender(ear);
    own.addAppender(ear);
    own.setLevel(Level.TRACE);
    own.setAdditive(false);
  }

  public static LogLines hear() {
    return new LogLines();
  }

  private static String trace(IThrowableProxy thrown) {
    return thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown);
  }

  /** What was said so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    own.setAdditive(true);
    own.setLevel(null);
    own.detachAppender(ear);
    root.detachAppender(ear);
  }
}

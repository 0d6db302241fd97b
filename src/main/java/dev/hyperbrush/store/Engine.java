package dev.hyperbrush.store;

import dev.hyperbrush.generation.Refusal;
import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;

/** What the database runs on, open. Thread-safe. */
interface Engine extends AutoCloseable {
  /** How people know it: its file, or its address. */
  String name();

  /** Whether no other process can have it open, so that what was claimed before is free. */
  boolean isExclusive();

  /** Connections to bring the schema up to date with, before anything else is done. */
  DataSource forMigration();

  /**
   * Makes sure of so many free bytes, where that is ours to look after.
   *
   * @throws Refusal when there are fewer
   */
  void requireRoom(long bytes);

  <T> T read(HandleCallback<T, RuntimeException> work);

  /** What it has committed when it returns outlives a killed process. */
  <T> T write(HandleCallback<T, RuntimeException> work);

  /**
   * Copies the database, as it is at one moment, into a zip file; everything goes on meanwhile.
   *
   * @throws Refusal when it is one that is backed up with its own tools
   */
  void copyTo(Path zip);

  /** In a sentence, what a failure says about the database; empty when it says nothing. */
  Optional<Refusal> refusal(Throwable failure);

  @Override
  void close();
}

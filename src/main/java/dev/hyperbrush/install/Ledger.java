package dev.hyperbrush.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What was installed by {@code models add}, and what each file was when it came; in {@code
 * downloads.json} of the data folder. Written by whoever holds the {@link InstallLock}. Owned by
 * one thread.
 */
final class Ledger {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADDED = "added";
  private static final String FILES = "files";

  private final Path file;
  private final ObjectNode json;

  private Ledger(Path file, ObjectNode json) {
    this.file = file;
    this.json = json;
  }

  /**
   * What a file was when it came.
   *
   * @param from address, or path on this machine
   * @param validator of the source, to see whether it has another one now
   * @param at when, in UTC
   */
  record Receipt(String from, Optional<String> validator, long bytes, String sha256, String at) {}

  static Ledger open(Path data) {
    Path file = data.resolve("downloads.json");
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      return new Ledger(file, json instanceof ObjectNode object ? object : JSON.createObjectNode());
    } catch (NoSuchFileException e) {
      return new Ledger(file, JSON.createObjectNode());
    } catch (JsonProcessingException e) {
      throw new Refusal(Phrase.of(ReasonCode.DOWNLOADS_DAMAGED, file), e);
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.SETTINGS_NOT_READABLE, file, IoReason.of(e)), e);
    }
  }

  /** Models and files that somebody has added by name. */
  Set<String> added() {
    Set<String> added = new LinkedHashSet<>();
    json.path(ADDED).forEach(id -> added.add(id.asText()));
    return added;
  }

  void add(String id) {
    Set<String> added = added();
    added.add(id);
    setAdded(added);
  }

  void remove(String id) {
    Set<String> added = added();
    added.remove(id);
    setAdded(added);
  }

  private void setAdded(Set<String> added) {
    ArrayNode list = json.putArray(ADDED);
    added.forEach(list::add);
    save();
  }

  /** Of a file below the data folder. */
  Optional<Receipt> receipt(String to) {
    JsonNode one = json.path(FILES).path(to);
    return one.isObject()
        ? Optional.of(
            new Receipt(
                one.path("from").asText(),
                Optional.ofNullable(one.path("validator").textValue()),
                one.path("bytes").asLong(-1),
                one.path("sha256").asText(),
                one.path("at").asText()))
        : Optional.empty();
  }

  void put(String to, Receipt receipt) {
    ObjectNode one = json.withObjectProperty(FILES).putObject(to);
    one.put("from", receipt.from());
    receipt.validator().ifPresent(validator -> one.put("validator", validator));
    one.put("bytes", receipt.bytes());
    one.put("sha256", receipt.sha256());
    one.put("at", receipt.at());
    save();
  }

  void forget(String to) {
    json.withObjectProperty(FILES).remove(to);
    save();
  }

  private void save() {
    write(file, json);
  }

  /** At once or not at all. */
  static void write(Path file, JsonNode json) {
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(written, json.toPrettyString() + "\n");
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Refusal(Phrase.of(ReasonCode.DATA_NOT_WRITABLE, file, IoReason.of(e)), e);
    }
  }
}

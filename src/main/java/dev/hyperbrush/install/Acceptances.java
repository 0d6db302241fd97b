package dev.hyperbrush.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperbrush.pipeline.Licence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Licences that whoever runs the program has accepted, and when; in {@code licences.json} of the
 * data folder. Owned by one thread.
 */
public final class Acceptances {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final InstantSource clock;
  private final ObjectNode json;

  private Acceptances(Path file, InstantSource clock, ObjectNode json) {
    this.file = file;
    this.clock = clock;
    this.json = json;
  }

  public static Acceptances open(Path data, InstantSource clock) {
    Path file = data.resolve("licences.json");
    return new Acceptances(file, clock, read(file));
  }

  /** What cannot be read was not accepted: it is asked for once more. */
  private static ObjectNode read(Path file) {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      return json instanceof ObjectNode object ? object : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  /** Whether exactly this text was accepted: another address is another text. */
  public boolean holds(Licence licence) {
    return json.path(licence.id()).path("url").asText().equals(licence.url().toString());
  }

  public void accept(Licence licence) {
    ObjectNode one = json.putObject(licence.id());
    one.put("name", licence.name());
    one.put("url", licence.url().toString());
    one.put("accepted", clock.instant().toString());
    Ledger.write(file, json);
  }
}

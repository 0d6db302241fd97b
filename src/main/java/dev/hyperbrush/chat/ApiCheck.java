package dev.hyperbrush.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was found of one platform by asking its API, as far as it is looked. Owned by one thread.
 */
public final class ApiCheck {
  private final String subject;
  private final ApiProbe platform;
  private final List<Finding> findings = new ArrayList<>();

  public ApiCheck(String subject, ApiProbe platform) {
    this.subject = subject;
    this.platform = platform;
  }

  /**
   * Asks with GET. What keeps the platform from answering is a finding.
   *
   * @param path below the address of the API
   * @param tooMany what a limit is said to be about
   * @param reader of an answer; empty when that, too, has become a finding
   */
  public Optional<JsonNode> ask(
      String path, String tooMany, Function<ApiProbe.Said, Optional<JsonNode>> reader)
      throws InterruptedException {
    return switch (platform.get(path)) {
      case ApiProbe.Silent silent -> {
        broken(
            platform.host() + " cannot be reached: " + silent.reason(),
            "See that this machine reaches it: network, DNS, firewall, proxy.");
        yield Optional.empty();
      }
      case ApiProbe.Limited limited -> {
        attention(
            tooMany,
            "Wait "
                + limited.pause().toSeconds()
                + " seconds and look again; the token may be right.");
        yield Optional.empty();
      }
      case ApiProbe.Said said -> reader.apply(said);
    };
  }

  public void ok(String found) {
    findings.add(Finding.ok(subject, found));
  }

  public void attention(String found, String remedy) {
    findings.add(Finding.attention(subject, found, remedy));
  }

  public void broken(String found, String remedy) {
    findings.add(Finding.broken(subject, found, remedy));
  }

  /** All until now, in the order in which they were found. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes the line that asks for a request again, exactly: reading it gives the same request.
 * Immutable.
 */
public final class CommandWriter {
  private static final Pattern PLAIN_NAME = Pattern.compile("\\w[\\w.+:/-]*");

  private final ImagineOptions options;

  CommandWriter(ImagineOptions options) {
    this.options = options;
  }

  /** The line, beginning with {@code /imagine}. */
  public String line(GenerationRequest request) {
    String negative =
        request.negativePrompt().isEmpty() ? "" : " --no " + text(request.negativePrompt());
    return "/imagine " + text(request.prompt()) + flags(request) + negative;
  }

  /** The same, taken apart. */
  JobForm form(GenerationRequest request) {
    return new JobForm(request.prompt(), request.negativePrompt(), flags(request).strip());
  }

  /** All but the words, each behind a space. */
  private static String flags(GenerationRequest request) {
    StringBuilder line = new StringBuilder();
    flag(line, "steps", String.valueOf(request.steps()));
    flag(line, "guidance", Shown.number(request.guidanceScale()));
    flag(line, "seed", String.valueOf(request.seed().value()));
    flag(line, "size", request.size().toString());
    flag(line, "model", name(request.model()));
    flag(line, "scheduler", name(request.scheduler()));
    flag(line, "eta", Shown.number(request.eta()));
    if (request.count() > 1) {
      flag(line, "count", String.valueOf(request.count()));
    }
    for (LoraWeight lora : request.loras()) {
      flag(line, "lora", name(lora.name() + ":" + Shown.number(lora.weight())));
    }
    if (request.draft()) {
      line.append(" --draft");
    }
    return line.toString();
  }

  private static void flag(StringBuilder line, String option, String value) {
    line.append(" --").append(option).append(' ').append(value);
  }

  private static String name(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : Words.quote(name);
  }

  /** As it is where it reads as itself; quoted where something in it would be taken for more. */
  private String text(String text) {
    return !Words.hasQuotes(text) && readsAsItself(text) ? text : Words.quote(text);
  }

  private boolean readsAsItself(String text) {
    try {
      Arguments read = CommandLine.read(options.usage(), text + " --no " + text, Map.of());
      return read.text().equals(text) && options.negativePrompt(read).equals(text);
    } catch (Refusal flagInText) {
      return false;
    }
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt whose {@code <lora:name:0.8>} tags, as A1111 has them, have been taken out. Immutable.
 */
record LoraTags(String text, List<LoraWeight> loras) {
  private static final Pattern TAG = Pattern.compile("(?i) ?<lora:([^<>]*)> ?");
  private static final Pattern START = Pattern.compile("(?i)<lora:[^ ]*");

  LoraTags {
    loras = List.copyOf(loras);
  }

  static LoraTags cut(String prompt, Option<LoraWeight> option) {
    List<LoraWeight> loras = new ArrayList<>();
    String text =
        TAG.matcher(prompt)
            .replaceAll(tag -> {
              loras.add(read(tag, option));
              return " ";
            });
    Matcher unfinished = START.matcher(text);
    if (unfinished.find()) {
      throw unreadable(unfinished.group(), option);
    }
    return new LoraTags(loras.isEmpty() ? text : text.strip(), loras);
  }

  private static LoraWeight read(MatchResult tag, Option<LoraWeight> option) {
    return option
        .kind()
        .read(tag.group(1))
        .orElseThrow(() -> unreadable(tag.group().strip(), option));
  }

  private static Refusal unreadable(String tag, Option<LoraWeight> option) {
    return new Refusal(
        ReasonCode.FLAG_VALUE, option.name(), Shown.brief(tag), option.kind().accepted());
  }
}

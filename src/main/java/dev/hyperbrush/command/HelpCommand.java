package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /help}: all verbs that one may use, or one with its options. Thread-safe. */
final class HelpCommand implements Verb {
  static final String NAME = "help";

  private final VerbList verbs;

  HelpCommand(VerbList verbs) {
    this.verbs = verbs;
  }

  @Override
  public Usage usage() {
    return Usage.of(NAME).takes("command").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    String name = call.arguments().text();
    if (name.isEmpty()) {
      return all(call);
    }
    List<Verb> longer = verbs.beginningWith(name);
    return longer.isEmpty() || verbs.has(name)
        ? about(call.locale(), verbs.find(name).usage())
        : Reply.text(lines(call.locale(), longer));
  }

  /** What the person may use there: the rest would be words in their way. */
  private Reply all(Call call) {
    Locale locale = call.locale();
    List<Verb> usable =
        verbs.all().stream()
            .filter(verb -> call.situation().may(verb.usage().permission()))
            .toList();
    return Reply.text(lines(locale, usable) + "\n\n" + Texts.get(locale, "help.example"));
  }

  private static String lines(Locale locale, List<Verb> listed) {
    return listed.stream()
        .map(Verb::usage)
        .map(usage -> line(locale, usage))
        .collect(Collectors.joining("\n"));
  }

  /** One verb, and those that go on where it ends. */
  Reply about(Locale locale, Usage usage) {
    Reply about = Reply.text(describe(locale, usage));
    List<Verb> longer = verbs.beginningWith(usage.name());
    return longer.isEmpty() ? about : about.withMore(lines(locale, longer));
  }

  /** What a verb does and takes, one option a line. */
  static String describe(Locale locale, Usage usage) {
    Stream<String> options = usage.options().stream().map(option -> line(locale, option));
    return Stream.concat(Stream.of(line(locale, usage)), options).collect(Collectors.joining("\n"));
  }

  private static String line(Locale locale, Usage usage) {
    return "/"
        + usage.name()
        + argument(locale, usage)
        + " – "
        + Texts.get(locale, usage.textKey());
  }

  private static String argument(Locale locale, Usage usage) {
    if (usage.argument().isEmpty()) {
      return "";
    }
    String name = Texts.get(locale, "argument." + usage.argument());
    return usage.argumentNeeded() ? " <" + name + ">" : " [" + name + "]";
  }

  private static String line(Locale locale, Option<?> option) {
    List<String> aliases = option.aliases().stream().map(alias -> "--" + alias).toList();
    String also =
        aliases.isEmpty()
            ? ""
            : " " + Texts.get(locale, "help.aliases", String.join(", ", aliases));
    String example = option.example().isEmpty() ? "" : " " + option.example();
    return "--"
        + option.name()
        + example
        + " – "
        + Texts.get(locale, option.textKey())
        + accepted(option.kind())
        + also;
  }

  private static String accepted(Kind<?> kind) {
    return kind instanceof Kind.Text || kind instanceof Kind.Switch
        ? ""
        : " [" + kind.accepted() + "]";
  }
}

package dev.hyperbrush.app;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/** Asks whoever sits at the terminal; nobody is there when there is no terminal. */
final class Ask {
  /** Whether the answer is yes. */
  static boolean yes(String question) {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> console.readLine("%s [y/N] ", question))
        .map(answer -> answer.strip().toLowerCase(Locale.ROOT))
        .filter(answer -> answer.equals("y") || answer.equals("yes"))
        .isPresent();
  }

  private Ask() {}
}

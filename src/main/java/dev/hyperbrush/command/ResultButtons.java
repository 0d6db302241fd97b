package dev.hyperbrush.command;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.store.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What can be pressed below a posted result: what one does with a single picture first, what
 * removes all last. Of the four pictures that a job can have, these are thirteen.
 */
final class ResultButtons {
  static List<Button> of(Job job, int pictures, Locale locale) {
    List<Button> buttons = new ArrayList<>();
    buttons.addAll(each("vary", job, pictures, locale));
    Stream.of("again", "remix", "favourite", "settings")
        .filter(verb -> pictures > 0 || !verb.equals("favourite"))
        .map(verb -> JobDesk.button(locale, verb, job.id()))
        .forEach(buttons::add);
    buttons.addAll(each("original", job, pictures, locale));
    if (pictures > 0) {
      buttons.add(JobDesk.button(locale, "delete", job.id()));
    }
    return buttons;
  }

  /** One for each of several pictures, with its number. */
  private static List<Button> each(String verb, Job job, int pictures, Locale locale) {
    List<Button> buttons = new ArrayList<>();
    for (int number = 1; number <= pictures; number++) {
      String label =
          pictures == 1
              ? Texts.get(locale, "button." + verb)
              : Texts.get(locale, "button." + verb + ".number", number);
      buttons.add(new Button(label, new ActionId(verb, job.id(), pictures == 1 ? 0 : number)));
    }
    return buttons;
  }

  private ResultButtons() {}
}

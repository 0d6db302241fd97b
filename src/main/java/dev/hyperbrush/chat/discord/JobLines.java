package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Button;
import dev.hyperbrush.chat.JobView;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Lays out a list of jobs: a line each, beside it the button to press first. One thread's. */
final class JobLines {
  private final Layout layout;
  private final Locale locale;
  private final List<String> plain = new ArrayList<>();

  JobLines(Layout layout, Locale locale) {
    this.layout = layout;
    this.locale = locale;
  }

  /** The text, in which the lines of jobs begin with their numbers. */
  void add(Reply reply) {
    Map<String, JobView> views = new LinkedHashMap<>();
    reply.jobs().forEach(view -> views.put("#" + view.job().id(), view));
    for (String line : reply.text().lines().toList()) {
      JobView view = views.get(line.split(" ", 2)[0]);
      if (view == null) {
        plain.add(line);
      } else {
        add(line, view);
      }
    }
    flush();
  }

  private void add(String line, JobView view) {
    flush();
    if (!layout.line(line, button(view))) {
      plain.add(line);
    }
  }

  private void flush() {
    layout.text(String.join("\n", plain));
    plain.clear();
  }

  private Button button(JobView view) {
    Optional<Button> cancel =
        view.buttons().stream().filter(one -> one.action().verb().equals("cancel")).findFirst();
    return cancel.orElseGet(() ->
        new Button(Texts.get(locale, "button.show"), new ActionId("show", view.job().id(), 0)));
  }
}

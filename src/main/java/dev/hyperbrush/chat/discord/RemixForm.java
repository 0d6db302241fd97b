package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.command.JobForm;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.interactions.callbacks.IModalCallback;
import net.dv8tion.jda.api.modals.Modal;

/** The form with what a picture was drawn from, to be drawn again with changes. Thread-safe. */
final class RemixForm {
  /** The verb that its answers are for. */
  static final String VERB = "remix";

  private static final String PROMPT = "prompt";
  private static final String NEGATIVE = "no";
  private static final String SETTINGS = "settings";

  private final Commands commands;

  RemixForm(Commands commands) {
    this.commands = commands;
  }

  /** Whether a button opens it. */
  static boolean opens(ActionId action) {
    return action.verb().equals(VERB);
  }

  /** Opens it with a job that the person may see; returns why not. */
  Optional<Reply> open(IModalCallback event, Caller caller, ActionId action) {
    Reply shown = commands.run(new Invocation(caller, "show", number(action), Map.of()));
    if (shown.code().isPresent() || shown.jobs().size() != 1) {
      return Optional.of(shown);
    }
    JobForm form = commands.form(shown.jobs().getFirst().job(), action.index());
    Locale locale = commands.language(caller);
    int most = TextInput.MAX_VALUE_LENGTH;
    if (form.prompt().length() > most
        || form.negative().length() > most
        || form.settings().length() > most) {
      return Optional.of(Reply.text(Texts.get(locale, "discord.remix.long", number(action), most)));
    }
    event.replyModal(modal(form, locale, action)).complete();
    return Optional.empty();
  }

  private static Modal modal(JobForm form, Locale locale, ActionId action) {
    return Modal.create(action.encode(), Texts.get(locale, "discord.remix.title", number(action)))
        .addComponents(
            Label.of(
                Texts.get(locale, "discord.remix.prompt"),
                field(PROMPT, TextInputStyle.PARAGRAPH, form.prompt()).setRequired(true).build()),
            Label.of(
                Texts.get(locale, "discord.remix.no"),
                field(NEGATIVE, TextInputStyle.PARAGRAPH, form.negative()).build()),
            Label.of(
                Texts.get(locale, "discord.remix.settings"),
                field(SETTINGS, TextInputStyle.SHORT, form.settings()).build()))
        .build();
  }

  private static TextInput.Builder field(String name, TextInputStyle style, String value) {
    TextInput.Builder field =
        TextInput.create(name, style).setMaxLength(TextInput.MAX_VALUE_LENGTH).setRequired(false);
    return value.isEmpty() ? field : field.setValue(value);
  }

  private static String number(ActionId action) {
    return action.index() == 0 ? "" + action.id() : action.id() + "." + action.index();
  }

  /** What was filled in, as it is typed behind the verb. */
  static String line(ActionId action, ModalInteractionEvent filled) {
    return (number(action) + " " + value(filled, SETTINGS)).strip();
  }

  /** What was filled in that needs no taking apart. */
  static Map<String, String> options(ModalInteractionEvent filled) {
    String negative = value(filled, NEGATIVE);
    return Map.of(
        PROMPT, value(filled, PROMPT), NEGATIVE, negative.isBlank() ? JobForm.NOTHING : negative);
  }

  private static String value(ModalInteractionEvent filled, String field) {
    return Optional.ofNullable(filled.getValue(field))
        .map(answer -> answer.getAsString())
        .orElse("");
  }
}

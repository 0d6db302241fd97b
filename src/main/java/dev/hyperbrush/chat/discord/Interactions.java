package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.command.Usage;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.MessageContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.interactions.callbacks.IModalCallback;
import net.dv8tion.jda.api.interactions.callbacks.IReplyCallback;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;
import net.dv8tion.jda.api.interactions.commands.OptionType;

/** Turns what people do on Discord into verbs. On virtual threads; thread-safe. */
final class Interactions {
  private final Commands commands;
  private final SlashCommands slash;
  private final Answers answers;
  private final Suggestions suggestions;
  private final RemixForm remix;

  Interactions(
      Commands commands,
      SlashCommands slash,
      Answers answers,
      Suggestions suggestions,
      RemixForm remix) {
    this.commands = commands;
    this.slash = slash;
    this.answers = answers;
    this.suggestions = suggestions;
    this.remix = remix;
  }

  /** Does what an interaction asks for; takes as long as that and the answer do. */
  void handle(Incoming incoming) {
    switch (incoming.event()) {
      case SlashCommandInteractionEvent command -> command(incoming, command);
      case CommandAutoCompleteInteractionEvent typing ->
          suggestions.answer(typing, slash.verb(typing.getFullCommandName()), incoming);
      case ButtonInteractionEvent button -> button(incoming, button);
      case ModalInteractionEvent form -> form(incoming, form);
      case MessageContextInteractionEvent menu -> menu(incoming, menu);
      default -> {}
    }
  }

  private void command(Incoming incoming, SlashCommandInteractionEvent event) {
    String verb = slash.verb(event.getFullCommandName());
    Optional<Usage> usage = commands.usage(verb);
    String argument = usage.map(Usage::argument).orElse("");
    Map<String, String> options = new HashMap<>();
    event.getOptions().forEach(option -> options.put(option.getName(), value(option)));
    String text = Optional.ofNullable(options.remove(argument)).orElse("");
    String flags = Optional.ofNullable(options.remove(SlashOption.FLAGS)).orElse("");
    run(incoming, event, verb, (text + " " + flags).strip(), options);
  }

  /** Numbers as people write them: Discord hands small ones over with an exponent. */
  private static String value(OptionMapping option) {
    return option.getType() == OptionType.NUMBER
        ? new BigDecimal(option.getAsString()).toPlainString()
        : option.getAsString();
  }

  private void run(
      Incoming incoming,
      IReplyCallback event,
      String verb,
      String text,
      Map<String, String> options) {
    Caller caller = Callers.of(incoming);
    Asked asked = new Asked(incoming, event, caller, commands.usage(verb), Optional.empty());
    answer(asked, () -> commands.run(new Invocation(caller, verb, text, options)));
  }

  private void button(Incoming incoming, ButtonInteractionEvent event) {
    Optional<ActionId> action = ActionId.parse(event.getComponentId());
    if (action.filter(RemixForm::opens).isPresent()) {
      form(incoming, event, event, action.get());
    } else if (action.isPresent()) {
      press(incoming, event, action.get());
    } else {
      say(incoming, event, caller -> unknown(commands.language(caller)));
    }
  }

  private void press(Incoming incoming, IReplyCallback event, ActionId action) {
    Caller caller = Callers.of(incoming);
    Asked asked =
        new Asked(incoming, event, caller, commands.usage(action.verb()), Optional.of(action));
    answer(asked, () -> commands.press(caller, action));
  }

  private void form(Incoming incoming, ModalInteractionEvent event) {
    Optional<ActionId> action = ActionId.parse(event.getModalId()).filter(RemixForm::opens);
    if (action.isPresent()) {
      run(
          incoming,
          event,
          RemixForm.VERB,
          RemixForm.line(action.get(), event),
          RemixForm.options(event));
    } else {
      say(incoming, event, caller -> unknown(commands.language(caller)));
    }
  }

  private void menu(Incoming incoming, MessageContextInteractionEvent event) {
    Optional<MessageCommand> command = MessageCommand.named(event.getName());
    Optional<Long> job = PictureMessage.job(event.getTarget());
    if (command.isEmpty() || job.isEmpty()) {
      say(
          incoming,
          event,
          caller -> Reply.text(Texts.get(commands.language(caller), "discord.notours")));
      return;
    }
    switch (command.get()) {
      case USE_SETTINGS -> form(incoming, event, event, new ActionId(RemixForm.VERB, job.get(), 0));
      case VARY -> press(incoming, event, new ActionId("vary", job.get(), 0));
      case REPORT -> run(incoming, event, "report", job.get().toString(), Map.of());
    }
  }

  /** Opens the form, which has to be the first answer; refuses in words. */
  private void form(Incoming incoming, IModalCallback form, IReplyCallback event, ActionId action) {
    Caller caller = Callers.of(incoming);
    Optional<Reply> refusal = remix.open(form, caller, action);
    refusal.ifPresent(reply -> say(incoming, event, _ -> reply));
  }

  private void say(Incoming incoming, IReplyCallback event, Function<Caller, Reply> sentence) {
    Caller caller = Callers.of(incoming);
    Asked asked = new Asked(incoming, event, caller, Optional.empty(), Optional.empty());
    answer(asked, () -> sentence.apply(caller));
  }

  private static Reply unknown(Locale locale) {
    return Reply.refused(locale, Phrase.of(ReasonCode.BUTTON_UNKNOWN));
  }

  /** Refuses what could not be posted before it is drawn. */
  private void answer(Asked asked, Supplier<Reply> verb) {
    answers.answer(
        asked,
        () -> {
          Locale locale = commands.language(asked.caller());
          Optional<Phrase> refusal =
              asked.draws()
                  ? Preflight.refusal(asked.incoming().facts(), locale)
                  : Optional.empty();
          Reply reply = refusal.map(why -> Reply.refused(locale, why)).orElseGet(verb);
          // The verb can have been the one that changes the language.
          return new Answers.Said(reply, commands.language(asked.caller()));
        });
  }
}

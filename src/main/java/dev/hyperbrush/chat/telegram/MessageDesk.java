package dev.hyperbrush.chat.telegram;

import dev.hyperbrush.chat.Audience;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.telegram.Incoming.Said;
import dev.hyperbrush.chat.telegram.MessageReader.Asked;
import dev.hyperbrush.chat.telegram.MessageReader.Question;
import dev.hyperbrush.chat.telegram.MessageReader.Start;
import dev.hyperbrush.chat.telegram.MessageReader.Verb;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.command.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Deals with messages: commands, links that open the bot, and prompts. Thread-safe. */
final class MessageDesk {
  /** As long as Telegram keeps what it could not hand in. */
  private static final Duration LATE = Duration.ofHours(24);

  /** Their answer comes with the pictures of the job. */
  private static final String SHOW = "show";

  private final Commands commands;
  private final MessageReader reader;
  private final Callers callers;
  private final Answers answers;
  private final RemixQuestion remix;
  private final String username;
  private final InstantSource clock;

  MessageDesk(
      Commands commands,
      MessageReader reader,
      Callers callers,
      Answers answers,
      String username,
      InstantSource clock) {
    this.remix = new RemixQuestion(commands, answers);
    this.commands = commands;
    this.reader = reader;
    this.callers = callers;
    this.answers = answers;
    this.username = username;
    this.clock = clock;
  }

  void handle(Arrival arrival, Said said) throws InterruptedException {
    Optional<Asked> asked = reader.read(said, username);
    if (asked.isEmpty()) {
      return;
    }
    OptionalInt replyTo =
        said.room().group() ? OptionalInt.of(said.messageId()) : OptionalInt.empty();
    Caller caller = callers.of(said.sender(), said.room(), replyTo, arrival.request());
    Locale locale = commands.language(caller);
    callers.remember(said.sender());
    Talk talk = new Talk(said.sender(), said.room(), replyTo, locale);
    if (arrival.begunBefore()) {
      answers.say(talk, "telegram.interrupted");
    } else if (Instant.ofEpochSecond(said.at()).isBefore(clock.instant().minus(LATE))) {
      answers.say(talk, "telegram.late");
    } else {
      switch (asked.get()) {
        case Verb verb -> run(arrival, talk, caller, verb);
        case Start start -> start(arrival, talk, caller, start);
        case Question question -> remix.ask(talk, caller, question.picture(), true);
      }
    }
  }

  private void start(Arrival arrival, Talk talk, Caller caller, Start start)
      throws InterruptedException {
    Optional<Deeplink> link = Deeplink.parse(start.payload());
    if (link.isPresent()) {
      String verb = link.get().verb();
      run(arrival, talk, caller, new Verb(verb, link.get().text(), commands.usage(verb)));
    } else {
      answers.say(talk, talk.room().group() ? "telegram.hello.group" : "telegram.hello");
    }
  }

  private void run(Arrival arrival, Talk talk, Caller caller, Verb verb)
      throws InterruptedException {
    boolean draws = verb.usage().filter(Usage::draws).isPresent();
    if (!draws) {
      arrival.begin();
    }
    Reply reply = commands.run(new Invocation(caller, verb.name(), verb.text(), Map.of()));
    if (draws && reply.jobs().size() == 1) {
      answers.queued(talk, reply, reply.jobs().getFirst());
      return;
    }
    Audience audience =
        reply.code().isPresent()
            ? Audience.ASKER
            : verb.usage().map(Usage::audience).orElse(Audience.ASKER);
    boolean pictures = verb.usage().filter(usage -> usage.name().equals(SHOW)).isPresent();
    answers.say(talk, reply, audience, pictures);
  }
}

package dev.hyperbrush.chat.discord;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.store.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.InteractionHook;
import net.dv8tion.jda.api.interactions.callbacks.IMessageEditCallback;
import net.dv8tion.jda.api.requests.ErrorResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers interactions within the three seconds that Discord gives: at once where the verb is done
 * soon, or else by a promise that is made good later. That an answer cannot be given loses nothing:
 * a job is committed before, and its end goes on to the next destination. Thread-safe.
 */
final class Answers {
  /** An edit under way then still arrives in time. */
  private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(1);

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private final DiscordMessages messages;
  private final JobQueue queue;
  private final OpenAnswers open;
  private final Executor threads;
  private final InstantSource clock;
  private final Duration patience;

  /**
   * Answers.
   *
   * @param patience how long a verb may take before its answer is promised
   */
  Answers(
      DiscordMessages messages,
      JobQueue queue,
      OpenAnswers open,
      Executor threads,
      InstantSource clock,
      Duration patience) {
    this.messages = messages;
    this.queue = queue;
    this.open = open;
    this.threads = threads;
    this.clock = clock;
    this.patience = patience;
  }

  /** What a verb said, and in which language. */
  record Said(Reply reply, Locale locale) {}

  /** Runs a verb and answers with what it says. Takes as long as both do; throws nothing. */
  void answer(Asked asked, Supplier<Said> verb) {
    DiscordAddress.Hook hook = Callers.hook(asked.incoming());
    open.begin(hook);
    try {
      CompletableFuture<Said> saying = CompletableFuture.supplyAsync(verb, threads);
      Optional<Said> soon = soon(saying).filter(said -> !isHeavy(asked, said.reply()));
      if (soon.isPresent()) {
        answer(asked, soon.get());
      } else {
        promise(asked);
        makeGood(asked, saying.join());
      }
    } catch (ErrorResponseException e) {
      if (e.getErrorResponse() == ErrorResponse.UNKNOWN_INTERACTION) {
        open.lost(hook);
      }
      log.info("An answer on Discord came too late or nowhere: {}", e.getMeaning());
    } catch (RuntimeException e) {
      log.error("incident {}: an answer could not be given on Discord", asked.event().getId(), e);
      apologize(asked);
    } finally {
      open.given(hook);
    }
  }

  /** For a bug of ours, so that nobody waits for what will not come. */
  private void apologize(Asked asked) {
    Locale locale = asked.caller().locale();
    Phrase sorry = Phrase.of(ReasonCode.INTERNAL_ERROR, asked.event().getId());
    DiscordMessage message = messages.answer(Reply.refused(locale, sorry), locale, 0);
    try {
      if (asked.event().isAcknowledged()) {
        asked.event().getHook().sendMessage(message.create()).setEphemeral(true).complete();
      } else {
        asked.event().reply(message.create()).setEphemeral(true).complete();
      }
    } catch (RuntimeException e) {
      log.debug("Nor could this be said", e);
    }
  }

  private Optional<Said> soon(CompletableFuture<Said> saying) {
    try {
      return Optional.ofNullable(
          saying.copy().completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS).join());
    } catch (CompletionException | CancellationException bug) {
      throw new IllegalStateException(bug);
    }
  }

  /** What has files takes a while to be sent. */
  private static boolean isHeavy(Asked asked, Reply reply) {
    return reply.attachment().isPresent()
        || reply.cards().stream().anyMatch(card -> card.picture().isPresent())
        || (asked.showsPictures()
            && reply.jobs().stream().anyMatch(view -> !view.pictures().isEmpty()));
  }

  private DiscordMessage written(Asked asked, Said said) {
    if (asked.draws() && said.reply().code().isEmpty()) {
      return messages.queued(said.reply(), said.locale());
    }
    long largestFile = asked.incoming().facts().largestFile();
    return asked.showsPictures()
        ? messages.answerWithPictures(said.reply(), said.locale(), largestFile)
        : messages.answer(said.reply(), said.locale(), largestFile);
  }

  private static boolean isHidden(Asked asked, Reply reply) {
    return !asked.forEverybody() || reply.code().isPresent();
  }

  private void answer(Asked asked, Said said) {
    DiscordMessage message = written(asked, said);
    if (asked.turnsPage() && said.reply().code().isEmpty()) {
      ((IMessageEditCallback) asked.event()).editMessage(message.edit()).complete();
      return;
    }
    InteractionHook hook =
        asked
            .event()
            .reply(message.create())
            .setEphemeral(isHidden(asked, said.reply()))
            .complete();
    Optional.ofNullable(hook.getCallbackResponse().getMessage())
        .ifPresent(posted -> posted(asked, said, posted));
  }

  private static void promise(Asked asked) {
    if (asked.turnsPage()) {
      ((IMessageEditCallback) asked.event()).deferEdit().complete();
    } else {
      asked.event().deferReply(!asked.forEverybody()).complete();
    }
  }

  private void makeGood(Asked asked, Said said) {
    InteractionHook hook = asked.event().getHook();
    DiscordMessage message = written(asked, said);
    boolean refused = said.reply().code().isPresent();
    if (refused && asked.turnsPage()) {
      hook.sendMessage(message.create()).setEphemeral(true).complete();
    } else if (refused && asked.forEverybody()) { // was promised to all, concerns only one
      hook.deleteOriginal().complete();
      hook.sendMessage(message.create()).setEphemeral(true).complete();
    } else {
      posted(asked, said, hook.editOriginal(message.edit()).complete());
    }
  }

  /** From here on the message can be edited whatever becomes of the interaction's token. */
  private void posted(Asked asked, Said said, Message message) {
    if (asked.draws() && said.reply().code().isEmpty() && asked.canEdit(message)) {
      Route route =
          new Route(
              said.locale().toLanguageTag(), Callers.ladder(asked.incoming(), message.getIdLong()));
      List<Long> jobs = said.reply().jobs().stream().map(view -> view.job().id()).toList();
      jobs.forEach(job -> queue.reroute(job, route));
      editAsMessage(asked, jobs, new Route(route.language(), withoutFirst(route.ladder())));
    }
  }

  private static <T> List<T> withoutFirst(List<T> list) {
    return list.subList(1, list.size());
  }

  /** What still waits shortly before the token expires is told in the message from then on. */
  private void editAsMessage(Asked asked, List<Long> jobs, Route withoutHook) {
    Duration left =
        Duration.between(clock.instant(), Callers.hook(asked.incoming()).expires())
            .minus(BEFORE_EXPIRY);
    CompletableFuture.delayedExecutor(left.toMillis(), TimeUnit.MILLISECONDS, threads)
        .execute(() -> jobs.forEach(job -> queue.reroute(job, withoutHook)));
  }
}

package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Shown;
import dev.hyperbrush.policy.Wish;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.PictureRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code /remix}: asks for what a picture was asked for, with other words or settings. What is not
 * said stays as it was, the seed too. Thread-safe.
 */
final class RemixCommand implements JobVerb {
  /** A number, and behind it other words for a prompt. */
  private static final Pattern FORM =
      Pattern.compile("(#?\\d{1,18}(?:\\.\\d{1,4}| #?\\d{1,4}(?= *$))?)(?: +(.*))?");

  private final Option<String> prompt = Option.of("prompt", new Kind.Text(), "a blue circle");
  private final ImagineOptions options;
  private final Submission submission;
  private final JobDesk desk;

  RemixCommand(ImagineOptions options, Submission submission, JobDesk desk) {
    this.options = options;
    this.submission = submission;
    this.desk = desk;
  }

  @Override
  public Usage usage() {
    Usage imagine = options.usage();
    Option<?>[] all =
        Stream.concat(Stream.of(prompt), imagine.options().stream()).toArray(Option<?>[]::new);
    return Usage.of("remix").needs("picture").with(all).notYet(imagine.later()).drawing();
  }

  /** Settled anew: limits or models may have changed since. */
  @Override
  public Reply run(Call call) {
    Matcher typed = FORM.matcher(call.arguments().text());
    PictureChoice choice =
        (typed.matches() ? PictureChoice.read(typed.group(1)) : Optional.<PictureChoice>empty())
            .orElseThrow(call::noNumber);
    String behind = unquoted(Optional.ofNullable(typed.group(2)).orElse("").strip());
    Optional<String> asOption = call.arguments().get(prompt);
    if (asOption.isPresent() && !behind.isEmpty()) {
      throw new Refusal(ReasonCode.REMIX_WORDS, Shown.brief(behind));
    }
    Job job = desk.visible(call, choice.jobId());
    OptionalInt index = desk.index(job, choice);
    Wish wish = options.remix(asOption.orElse(behind), call.arguments(), request(job, index));
    return submission.submit(
        call,
        wish.spoilerIf(job.spoiler()),
        Optional.of(new PictureRef(job.id(), index.orElse(0))));
  }

  private static String unquoted(String text) {
    List<Words.Word> words = Words.cut(text);
    return words.size() == 1 ? words.getFirst().meant() : text;
  }

  private static GenerationRequest request(Job job, OptionalInt index) {
    return index.isPresent() ? job.request().only(index.getAsInt()) : job.request();
  }
}

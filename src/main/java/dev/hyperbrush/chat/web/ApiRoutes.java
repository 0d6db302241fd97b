package dev.hyperbrush.chat.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.command.Commands;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.store.HistoryPage;
import dev.hyperbrush.store.Job;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the page's scripts ask for, as JSON. Thread-safe. */
final class ApiRoutes {
  /** The longest prompt that any configuration allows, in bytes, and then some. */
  static final int BODY_LIMIT = 512 * 1024;

  private static final int LONGEST_SEARCH = 500;

  /** A line that begins with a verb; any other is a prompt. */
  private static final Pattern VERB =
      Pattern.compile("\\s*/([A-Za-z][A-Za-z-]*)(?:\\s+(.*))?", Pattern.DOTALL);

  private final Commands commands;
  private final OwnJobs jobs;
  private final PageTexts texts;
  private final ObjectMapper json;
  private final Downloads downloads;

  ApiRoutes(
      Commands commands, OwnJobs jobs, PageTexts texts, ObjectMapper json, Downloads downloads) {
    this.commands = commands;
    this.jobs = jobs;
    this.texts = texts;
    this.json = json;
    this.downloads = downloads;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/texts", request -> request.json(texts.in(jobs.language(request))));
    routes.get("/api/verbs", this::verbs);
    routes.get("/api/history", this::history);
    routes.get("/api/jobs/{id}", this::job);
    routes.post("/api/command", this::command);
    routes.post("/api/form", this::form);
    routes.post("/api/press", this::press);
  }

  /** A line typed into the prompt box. */
  record CommandJson(String line) {}

  /** A button that was pressed, see {@link ActionId}. */
  record PressJson(String action) {}

  /**
   * A form that was filled in.
   *
   * @param verb its whole name
   * @param values of its text and its options, by name
   */
  record FormJson(String verb, Map<String, String> values) {}

  /**
   * A page of the history.
   *
   * @param before where the next one begins; empty behind the last
   */
  record HistoryJson(List<JobJson> jobs, Optional<Long> before) {}

  private void verbs(Context request) {
    Locale language = jobs.language(request);
    request.json(
        commands.verbs().stream()
            .map(usage -> VerbJson.of(usage, language, texts.in(language)))
            .toList());
  }

  private void history(Context request) {
    String search = Optional.ofNullable(request.queryParam("search")).orElse("");
    if (search.length() > LONGEST_SEARCH) {
      throw new Refusal(ReasonCode.WEB_BODY_BROKEN, "the search is too long");
    }
    long before =
        Optional.ofNullable(request.queryParam("before"))
            .map(id ->
                number(id)
                    .orElseThrow(
                        () -> new Refusal(ReasonCode.WEB_BODY_BROKEN, "before is not a number")))
            .orElse(Long.MAX_VALUE);
    Locale language = jobs.language(request);
    HistoryPage page = jobs.history(search, before);
    request.json(
        new HistoryJson(
            page.jobs().stream().map(job -> jobs.json(job, language)).toList(), page.before()));
  }

  private void job(Context request) {
    String id = request.pathParam("id");
    Job job =
        number(id)
            .flatMap(jobs::find)
            .orElseThrow(() -> new Refusal(ReasonCode.WEB_NOT_FOUND, request.path()));
    request.json(jobs.json(job, jobs.language(request)));
  }

  private void command(Context request) {
    String line = body(request, CommandJson.class).line();
    Matcher verb = VERB.matcher(line);
    boolean named = verb.matches();
    Locale language = jobs.language(request);
    Reply reply =
        commands.run(
            new Invocation(
                OwnJobs.caller(language),
                named ? verb.group(1).toLowerCase(Locale.ROOT) : "imagine",
                named ? Optional.ofNullable(verb.group(2)).orElse("") : line,
                Map.of()));
    answer(request, reply, language);
  }

  private void press(Context request) {
    String text = body(request, PressJson.class).action();
    ActionId action =
        ActionId.parse(text)
            .orElseThrow(() -> new Refusal(ReasonCode.WEB_BODY_BROKEN, "there is no such action"));
    Locale language = jobs.language(request);
    Reply reply = commands.press(OwnJobs.caller(language), action);
    answer(request, reply, language);
  }

  /** Values that were typed into fields need no taking apart: a dash in one begins no flag. */
  private void form(Context request) {
    FormJson form = body(request, FormJson.class);
    Locale language = jobs.language(request);
    Invocation filledIn = new Invocation(OwnJobs.caller(language), form.verb(), "", form.values());
    answer(request, commands.run(filledIn), language);
  }

  private void answer(Context request, Reply reply, Locale language) {
    reply.code().ifPresent(code -> request.status(Errors.status(code)));
    request.json(ReplyJson.of(reply, language, downloads));
  }

  /** The body as JSON; other types are refused, as other sites can send those without asking. */
  private <T> T body(Context request, Class<T> type) {
    if (!request.isJson()) {
      throw new Refusal(ReasonCode.WEB_BODY_NOT_JSON);
    }
    try {
      byte[] body = request.bodyInputStream().readNBytes(BODY_LIMIT + 1);
      if (body.length > BODY_LIMIT) {
        throw new Refusal(ReasonCode.WEB_BODY_TOO_LARGE, BODY_LIMIT);
      }
      return Optional.ofNullable(json.readValue(body, type)).orElseThrow(ApiRoutes::notExpected);
    } catch (IOException brokenOrCutOff) {
      throw notExpected();
    }
  }

  private static Refusal notExpected() {
    return new Refusal(ReasonCode.WEB_BODY_BROKEN, "the body is not the JSON that belongs here");
  }

  private static Optional<Long> number(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}

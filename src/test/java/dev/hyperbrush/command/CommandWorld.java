package dev.hyperbrush.command;

import static org.awaitility.Awaitility.await;

import dev.hyperbrush.TestClock;
import dev.hyperbrush.chat.ActionId;
import dev.hyperbrush.chat.Caller;
import dev.hyperbrush.chat.Invocation;
import dev.hyperbrush.chat.Person;
import dev.hyperbrush.chat.Place;
import dev.hyperbrush.chat.Reply;
import dev.hyperbrush.chat.Standing;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ProgressListener;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.RgbImage;
import dev.hyperbrush.policy.Allowances;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.ExampleModels;
import dev.hyperbrush.policy.ExampleSettings;
import dev.hyperbrush.policy.ModerationSettings;
import dev.hyperbrush.policy.OperatorSettings;
import dev.hyperbrush.queue.JobQueue;
import dev.hyperbrush.queue.PictureEncoder;
import dev.hyperbrush.queue.Worker;
import dev.hyperbrush.store.Database;
import dev.hyperbrush.store.EncodedPicture;
import dev.hyperbrush.store.Job;
import dev.hyperbrush.store.PictureStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** All verbs over a real database and queue; pictures are drawn, grey, when a test wants it. */
final class CommandWorld implements AutoCloseable {
  static final Person ANNA = new Person("discord", "1", "Anna");
  static final Person BEN = new Person("discord", "2", "Ben");
  static final Place SERVER = Place.of("discord", "art", Optional.of("guild"));
  static final Place ELSEWHERE = Place.of("discord", "dm", Optional.empty());

  final TestClock clock = new TestClock();
  final Database database;
  final JobQueue queue;
  final Commands commands;

  /** Where nobody is too fast. */
  CommandWorld(Path data) {
    this(
        data,
        ExampleSettings.with(
            new Allowances(1, 100, OptionalLong.empty(), 10_000, Duration.ofSeconds(1))));
  }

  CommandWorld(Path data, OperatorSettings operator) {
    this(data, operator, ExampleModels.choices());
  }

  CommandWorld(Path data, OperatorSettings operator, Choices choices) {
    database = Database.open(data);
    PictureStore files = PictureStore.open(data);
    queue = JobQueue.open(database, files, clock);
    commands =
        new Commands(
            new Parts(
                database,
                files,
                queue,
                choices,
                operator,
                ModerationSettings.NONE,
                clock,
                new Random(5)));
  }

  /** What Anna is answered on her server. */
  Reply say(String verb, String text) {
    return say(ANNA, SERVER, verb, text);
  }

  Reply say(Person person, Place place, String verb, String text) {
    return say(new Caller(person, place, Standing.MEMBER, Locale.ENGLISH), verb, text);
  }

  Reply say(Caller caller, String verb, String text) {
    return commands.run(new Invocation(caller, verb, text, Map.of()));
  }

  Reply press(Person person, Place place, String action) {
    Caller caller = new Caller(person, place, Standing.MEMBER, Locale.ENGLISH);
    return commands.press(caller, ActionId.parse(action).orElseThrow());
  }

  /** The job that Anna's line makes. */
  Job imagine(String text) {
    Reply reply = say("imagine", text);
    if (reply.jobs().isEmpty()) {
      throw new AssertionError(reply.text());
    }
    return reply.jobs().getFirst().job();
  }

  /** Draws everything that waits. */
  void draw() {
    Worker worker = Worker.start(queue, CommandWorld::grey, new RawPictures());
    try {
      await().until(() -> queue.waiting() == 0 && unfinished() == 0);
    } finally {
      worker.close();
    }
  }

  private int unfinished() {
    return queue.unfinished(1, 100).size();
  }

  private static GenerationResult grey(
      GenerationRequest request, ProgressListener listener, Cancellation cancellation) {
    int width = request.size().width();
    int height = request.size().height();
    RgbImage image = new RgbImage(width, height, new byte[width * height * 3]);
    return new GenerationResult(
        Collections.nCopies(request.count(), image),
        List.of(Phrase.of(ReasonCode.PROMPT_CUT, 77, "end")));
  }

  /** Pictures stored as their pixels. */
  private static final class RawPictures implements PictureEncoder {
    @Override
    public EncodedPicture encode(RgbImage image, Job job, int index) {
      return new EncodedPicture(image.rgb(), image.width(), image.height());
    }

    @Override
    public byte[] encodePreview(RgbImage image) {
      return image.rgb();
    }
  }

  @Override
  public void close() {
    database.close();
  }
}

package dev.hyperbrush.app;

import dev.hyperbrush.chat.Finding;
import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.ImageSize;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.generation.Seed;
import dev.hyperbrush.pipeline.DiffusionGenerator;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import dev.hyperbrush.store.Database;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Looks at what the bot needs of this machine. Draws one tiny picture, and keeps nothing of it. */
final class LocalChecks {
  private static final int MEGABYTE = 20;
  private static final long TOO_LITTLE_ROOM = 64;
  private static final long LITTLE_ROOM = 2048;
  private static final int TINY_SIDE = 128;

  private final AppConfig config;

  LocalChecks(AppConfig config) {
    this.config = config;
  }

  /** All of them, the first things first. */
  List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.add(disk());
    findings.add(database());
    findings.addAll(models());
    findings.addAll(new ProcessorChecks(config.workers()).run());
    findings.add(port());
    return findings;
  }

  private Finding disk() {
    Path data = config.data();
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, "doctor", null));
      long free = Files.getFileStore(data).getUsableSpace() >> MEGABYTE;
      String found = data + " can be written and has " + free + " MiB left";
      if (free < TOO_LITTLE_ROOM) {
        return Finding.broken("data folder", found, "Make room: below 64 MiB nothing is drawn.");
      }
      return free < LITTLE_ROOM
          ? Finding.attention(
              "data folder",
              found,
              "Make room, or let old pictures go with retention.keepFor or retention.maxMegabytes.")
          : Finding.ok("data folder", found);
    } catch (IOException e) {
      return Finding.broken(
          "data folder",
          data + " cannot be written",
          "Give it to the user who runs the bot, or choose another with --data.");
    }
  }

  private Finding database() {
    String name = config.store().url().isPresent() ? "PostgreSQL" : "the file in the data folder";
    try (Database _ = Database.open(config.data(), config.store())) {
      return Finding.ok("database", name + " opens");
    } catch (Refusal refusal) {
      return refusal.code() == ReasonCode.DATABASE_IN_USE && RunningBot.isThere(config.data())
          ? Finding.ok("database", "in use by the bot, which is running")
          : refused("database", refusal);
    }
  }

  private List<Finding> models() {
    List<Finding> findings = new ArrayList<>();
    try {
      ModelCatalogue catalogue = config.models();
      catalogue
          .notices()
          .forEach(notice ->
              findings.add(
                  Finding.attention("models", say(notice), "The others can be used meanwhile.")));
      findings.add(
          Finding.ok(
              "models",
              catalogue.all().size()
                  + " installed, "
                  + catalogue.defaultModel().id()
                  + " is the usual one"));
      findings.add(drawn(catalogue));
    } catch (Refusal refusal) {
      findings.add(refused("models", refusal));
    }
    return findings;
  }

  /** The model that comes with the program shows whether this machine can draw at all. */
  private Finding drawn(ModelCatalogue catalogue) {
    ModelVariant tiny = catalogue.find(ModelCatalogue.BUILTIN).orElseGet(catalogue::defaultModel);
    long begin = System.nanoTime();
    try (DiffusionGenerator generator = Setup.generator(config, () -> catalogue)) {
      GenerationResult _ = generator.generate(smallest(tiny), _ -> {}, Cancellation.none());
      long millis = (System.nanoTime() - begin) / 1_000_000;
      return Finding.ok("drawing", "a tiny picture by " + tiny.id() + " took " + millis + " ms");
    } catch (Refusal refusal) {
      return refused("drawing", refusal);
    } catch (RuntimeException | LinkageError e) {
      return Finding.broken(
          "drawing",
          "ONNX Runtime cannot be used: " + e,
          "It needs a 64-bit system, on Linux with glibc 2.28 or newer.");
    }
  }

  private static GenerationRequest smallest(ModelVariant model) {
    Recipe recipe = model.recipes().getFirst();
    ImageSize size =
        model.id().equals(ModelCatalogue.BUILTIN)
            ? new ImageSize(TINY_SIDE, TINY_SIDE)
            : model.nativeSize();
    return new GenerationRequest(
        model.id(),
        "a red circle",
        "",
        size,
        recipe.minSteps(),
        recipe.defaultGuidance(),
        recipe.scheduler(),
        recipe.eta(),
        new Seed(1),
        1,
        List.of(),
        0);
  }

  private Finding port() {
    String address = config.web().address();
    int port = config.web().port();
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, port));
      return Finding.ok("page", "port " + socket.getLocalPort() + " on " + address + " is free");
    } catch (IOException e) {
      return RunningBot.isThere(config.data())
          ? Finding.ok("page", "port " + port + " on " + address + " is in use by the running bot")
          : refused("page", new Refusal(ReasonCode.WEB_PORT_IN_USE, port, address));
    }
  }

  static Finding refused(String subject, Refusal refusal) {
    return Finding.broken(subject, say(refusal.phrase()), "");
  }

  private static String say(Phrase phrase) {
    return Texts.say(Locale.getDefault(), phrase);
  }
}

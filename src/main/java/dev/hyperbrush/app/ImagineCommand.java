package dev.hyperbrush.app;

import dev.hyperbrush.chat.Texts;
import dev.hyperbrush.command.ImagineReader;
import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.Cancellation;
import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.DiffusionGenerator;
import dev.hyperbrush.pipeline.InstalledCatalogue;
import dev.hyperbrush.policy.Choices;
import dev.hyperbrush.policy.EffectiveSettings;
import dev.hyperbrush.policy.EffectiveSettings.Settled;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Draws into files, without queue and database. What can be asked for is what {@code /imagine}
 * takes in a chat: all words and flags that are not this command's own go there.
 */
@Command(
    name = "imagine",
    header = "Draws pictures and writes them to files.",
    customSynopsis = "java -jar hyperbrush.jar imagine <prompt> [-o FILE] [flags]%n",
    footer = {
      "%nExamples:",
      "  imagine a red circle on a blue background",
      "  imagine \"a purple ring on a pink background\" --steps 20 --count 4 --seed 7 -o ring.png",
      "%nAll flags:%n"
    },
    sortOptions = false)
final class ImagineCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> words = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "hyperbrush.png",
      description = {
        "Where to write the picture (default: ${DEFAULT-VALUE}).",
        "Several pictures get -1, -2 and so on before the ending."
      })
  private Path output;

  @Mixin private Setup setup;

  @Option(
      names = {"-h", "--help"},
      description = "Shows this, and all flags.")
  private boolean help;

  @Override
  public void run() {
    if (help) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
    AppConfig config = setup.config();
    InstalledCatalogue catalogue = config.installed();
    Choices choices = Choices.of(catalogue);
    ImagineReader reader =
        new ImagineReader(
            choices, new EffectiveSettings(choices, config.limits(), new SecureRandom()));
    PrintWriter out = spec.commandLine().getOut();
    if (help) {
      out.println(reader.help(Locale.getDefault()));
      out.flush();
      return;
    }
    Settled settled = reader.read(words);
    requireWritable(output);
    say(settled.notices());
    try (DiffusionGenerator generator = Setup.generator(config, catalogue)) {
      GenerationResult result = draw(generator, settled.request());
      say(result.notices());
      write(result, settled.request(), new PngPictureEncoder(catalogue));
    }
  }

  private GenerationResult draw(DiffusionGenerator generator, GenerationRequest request) {
    ProgressBar bar = new ProgressBar(spec.commandLine().getErr());
    bar.show("loading " + request.model());
    try {
      return generator.generate(request, bar, Cancellation.none());
    } finally {
      bar.clear();
    }
  }

  private void write(
      GenerationResult result, GenerationRequest request, PngPictureEncoder encoder) {
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < result.images().size(); i++) {
      Path file = result.images().size() == 1 ? output : numbered(output, i + 1);
      byte[] png = encoder.encode(result.images().get(i), request, i).bytes();
      try {
        Files.write(file, png);
      } catch (IOException e) {
        throw notWritable(file, e);
      }
      out.println(file + "  seed " + request.seed().plus(i).value());
    }
    out.flush();
  }

  private void say(List<Phrase> notices) {
    PrintWriter err = spec.commandLine().getErr();
    notices.forEach(notice -> err.println(Texts.say(Locale.getDefault(), notice)));
    err.flush();
  }

  /** {@code out.png} to {@code out-1.png}. */
  private static Path numbered(Path file, int number) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return file.resolveSibling(stem + "-" + number + (dot > 0 ? name.substring(dot) : ""));
  }

  /** Known before the drawing, not after it. */
  private static void requireWritable(Path file) {
    if (Files.isDirectory(file)) {
      throw new Refusal(ReasonCode.OUTPUT_NOT_WRITABLE, file, "it is a folder");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder)) {
      throw new Refusal(
          ReasonCode.OUTPUT_NOT_WRITABLE,
          file,
          "there is no such folder, or it is not yours to write");
    }
  }

  private static Refusal notWritable(Path file, IOException e) {
    return new Refusal(Phrase.of(ReasonCode.OUTPUT_NOT_WRITABLE, file, IoReason.of(e)), e);
  }
}

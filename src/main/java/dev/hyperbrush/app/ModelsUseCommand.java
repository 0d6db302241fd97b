package dev.hyperbrush.app;

import dev.hyperbrush.config.AppConfig;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.pipeline.ChosenModel;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Chooses the model for people who name none. */
@Command(
    name = "use",
    mixinStandardHelpOptions = true,
    header = "Makes a model the one that people get who name none.",
    description = "%nWhat the line \"model:\" of the settings file says wins over it.")
final class ModelsUseCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Setup setup;

  @Parameters(paramLabel = "NAME", description = "An installed model.")
  private String id = "";

  @Override
  public void run() {
    AppConfig config = setup.config();
    ModelCatalogue catalogue = config.models();
    ModelVariant model = catalogue.find(id).orElseThrow(() -> notThere(catalogue));
    ChosenModel.write(config.data(), model.id());
    PrintWriter out = spec.commandLine().getOut();
    Optional<String> settled = config.limits().defaultModel();
    out.println(
        settled.isPresent()
            ? "Noted, but the settings say model: "
                + settled.get()
                + ", and that wins. Take that line out."
            : model.title() + " is what people get who name no model.");
    out.flush();
  }

  private Refusal notThere(ModelCatalogue catalogue) {
    return catalogue.described(id).isPresent()
        ? new Refusal(ReasonCode.MODEL_NOT_INSTALLED, id)
        : catalogue.unknownModel(id);
  }
}

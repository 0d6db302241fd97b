package dev.hyperbrush.app;

import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.pipeline.ModelCatalogue;
import dev.hyperbrush.pipeline.ModelVariant;
import dev.hyperbrush.pipeline.Recipe;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What there is to draw with. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    header = "Tells what there is to draw with.",
    synopsisSubcommandLabel = "list")
final class ModelsCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "Lists the installed models and LoRAs.",
      footer = {
        "%nA model in diffusers layout is installed by putting its folder into <data>/models, a"
            + " LoRA by putting its .safetensors file into <data>/loras."
      })
  void list(@Mixin Setup setup) {
    PrintWriter out = spec.commandLine().getOut();
    ModelCatalogue catalogue = setup.config().models();
    for (ModelVariant model : catalogue.all()) {
      boolean usual = model.equals(catalogue.defaultModel());
      out.println(model.id() + "  " + model.title() + (usual ? "  (default)" : ""));
      out.println(
          "    sizes "
              + model.sizes().stream().map(Object::toString).collect(Collectors.joining(", ")));
      model.recipes().forEach(recipe -> out.println("    " + describe(recipe)));
    }
    if (!catalogue.loraNames().isEmpty()) {
      out.println("LoRAs: " + String.join(", ", catalogue.loraNames()));
    }
    catalogue.notices().stream().map(Phrase::english).forEach(out::println);
    out.flush();
  }

  private static String describe(Recipe recipe) {
    String steps =
        recipe.minSteps() == recipe.maxSteps()
            ? "" + recipe.minSteps()
            : recipe.minSteps() + "-" + recipe.maxSteps();
    String guidance = recipe.guided() ? "guidance " + recipe.defaultGuidance() : "no guidance";
    return "steps " + steps + ", " + recipe.scheduler() + ", " + guidance;
  }
}

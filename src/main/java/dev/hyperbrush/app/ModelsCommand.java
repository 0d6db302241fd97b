package dev.hyperbrush.app;

import picocli.CommandLine.Command;

/** What there is to draw with, and how more comes. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    header = "Lists, installs and removes models.",
    synopsisSubcommandLabel = "list | add | pull | remove | verify | info | use",
    footer = {
      "%nExamples:",
      "  models add hyper-sdxl           downloads it, after asking about its licence",
      "  models add ~/Downloads/my.safetensors",
      "  models info hyper-sdxl          its files, licences and recipes",
      "  models use hyper-sdxl           for people who name none",
    },
    subcommands = {
      ModelsListCommand.class,
      ModelsAddCommand.class,
      ModelsPullCommand.class,
      ModelsRemoveCommand.class,
      ModelsVerifyCommand.class,
      ModelsInfoCommand.class,
      ModelsUseCommand.class
    })
final class ModelsCommand {}

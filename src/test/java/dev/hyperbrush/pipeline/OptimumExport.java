package dev.hyperbrush.pipeline;

import dev.hyperbrush.Reference;
import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.checkpoint.Components;
import dev.hyperbrush.checkpoint.SafetensorsFile;
import dev.hyperbrush.checkpoint.Weights;
import dev.hyperbrush.graph.ClipTextGraph;
import dev.hyperbrush.graph.Dialect;
import dev.hyperbrush.graph.PromptStates;
import dev.hyperbrush.graph.UnetGraph;
import dev.hyperbrush.graph.VaeGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Exports a model of diffusers as Hugging Face's optimum lays it out, with its names of inputs and
 * outputs and with the weights as external data; the graphs inside are ours.
 *
 * @param model the folder of diffusers
 * @param to where the export goes
 * @param half 16-bit inputs and outputs, 32-bit token ids and a list of one timestep, rather than
 *     32 bits, 64-bit ids and a 64-bit timestep
 */
record OptimumExport(Path model, Path to, boolean half) {
  void write() throws IOException {
    Files.createDirectories(to);
    Files.copy(model.resolve("model_index.json"), to.resolve("model_index.json"));
    writeUnet();
    writeDecoder();
    writeEncoder();
    for (String number : List.of("", "_2")) {
      if (Files.exists(model.resolve("text_encoder" + number))) {
        writeTextEncoder(number);
      }
    }
  }

  /** As a recorded run had it. */
  void writeScheduler(RecordedRun run) throws IOException {
    Files.createDirectories(to.resolve("scheduler"));
    Files.writeString(to.resolve("scheduler/scheduler_config.json"), run.schedulerJson());
  }

  private void writeUnet() throws IOException {
    ExportedGraph graph = new ExportedGraph(UnetGraph.build(component("unet", "unet")).bytes());
    graph.input("sample", floats(), 4, UnetGraph.SAMPLE, ExportedGraph.FLOAT);
    graph.input("encoder_hidden_states", floats(), 3, UnetGraph.PROMPT_EMBEDS, ExportedGraph.FLOAT);
    if (half) {
      graph.input("timestep", floats(), 1, UnetGraph.TIMESTEP, ExportedGraph.FLOAT);
    } else {
      graph.number("timestep", ExportedGraph.INT64, UnetGraph.TIMESTEP);
    }
    if (Files.exists(model.resolve("text_encoder_2"))) {
      graph.input("text_embeds", floats(), 2, UnetGraph.POOLED_PROMPT_EMBEDS, ExportedGraph.FLOAT);
      graph.input("time_ids", floats(), 2, UnetGraph.TIME_IDS, ExportedGraph.FLOAT);
    }
    graph.output("out_sample", floats(), 4, UnetGraph.PREDICTION);
    Files.write(to.resolve("unet/model.onnx"), graph.bytes());
  }

  private void writeDecoder() throws IOException {
    ExportedGraph graph =
        new ExportedGraph(VaeGraph.decoder(vae("vae_decoder"), Dialect.PORTABLE).bytes());
    graph.input("latent_sample", floats(), 4, VaeGraph.LATENTS, ExportedGraph.FLOAT);
    graph.output("sample", floats(), 4, VaeGraph.IMAGE);
    Files.write(to.resolve("vae_decoder/model.onnx"), graph.bytes());
  }

  private void writeEncoder() throws IOException {
    ExportedGraph graph =
        new ExportedGraph(VaeGraph.encoder(vae("vae_encoder"), Dialect.PORTABLE).bytes());
    graph.input("sample", floats(), 4, VaeGraph.IMAGE, ExportedGraph.FLOAT);
    graph.joinedOutput("latent_parameters", floats(), VaeGraph.MEAN, VaeGraph.LOG_VARIANCE);
    Files.write(to.resolve("vae_encoder/model.onnx"), graph.bytes());
  }

  /** Exports leave the scaling of latents to the pipeline. */
  private Component vae(String half) throws IOException {
    return Components.configured(component("vae", half), "scaling_factor", "1.0");
  }

  private void writeTextEncoder(String number) throws IOException {
    String name = "text_encoder" + number;
    ClipTextGraph.ClipText clip =
        ClipTextGraph.build(component(name, name), PromptStates.PENULTIMATE);
    ExportedGraph graph = new ExportedGraph(clip.model().bytes());
    int ids = half ? ExportedGraph.INT32 : ExportedGraph.INT64;
    graph.input("input_ids", ids, 2, ClipTextGraph.INPUT_IDS, ExportedGraph.INT32);
    int size =
        Component.open(name, model.resolve(name)).config().integer("hidden_size", 1, 1 << 16);
    graph.zeros(ClipTextGraph.ADDED_EMBEDDINGS, 1, size);
    graph.output("last_hidden_state", floats(), 3, ClipTextGraph.LAST_HIDDEN_STATE);
    for (int i = 0; i <= clip.layers(); i++) {
      graph.output("hidden_states." + i, floats(), 3, ClipTextGraph.hiddenStates(i));
    }
    if (clip.hasProjection()) {
      graph.output("text_embeds", floats(), 2, ClipTextGraph.POOLED);
    }
    Files.write(to.resolve(name).resolve("model.onnx"), graph.bytes());
    Path tokenizer = to.resolve("tokenizer" + number);
    copy(model.resolve("tokenizer" + number), tokenizer);
    copy(Reference.committed("tokenizer"), tokenizer);
  }

  private int floats() {
    return half ? ExportedGraph.FLOAT16 : ExportedGraph.FLOAT;
  }

  /** A network whose weights lie where the exported graph will look for them. */
  private Component component(String name, String exported) throws IOException {
    Path folder = Files.createDirectories(to.resolve(exported));
    Path weights = folder.resolve("model.onnx_data");
    try (Stream<Path> files = Files.list(model.resolve(name))) {
      for (Path file : files.toList()) {
        boolean isConfig = file.endsWith("config.json");
        Files.copy(file, isConfig ? folder.resolve("config.json") : weights);
      }
    }
    return Component.open(name, model.resolve(name))
        .withWeights(Weights.of(name, SafetensorsFile.open(weights)));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}

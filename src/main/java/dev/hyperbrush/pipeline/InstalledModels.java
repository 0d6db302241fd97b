package dev.hyperbrush.pipeline;

import dev.hyperbrush.checkpoint.BuiltinFiles;
import dev.hyperbrush.checkpoint.ModelSource;
import dev.hyperbrush.generation.IoReason;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what is installed in a data folder. A model is a folder in diffusers layout or one file in
 * {@code models}, run as {@code models.yaml} says or else as its own files say; or one that this
 * file describes, once all files that it needs are there. A LoRA is a {@code .safetensors} file in
 * {@code loras}, or in the folder {@code lora} of a model.
 *
 * <p>Used once, by one thread.
 */
final class InstalledModels {
  private static final String PACKED_FILE = "/config/models.yaml";
  private static final String BUILTIN_FILES = "/dev/hyperbrush/models/" + ModelCatalogue.BUILTIN;

  /** Whoever puts such a file here waits for something to happen. */
  private static final Pattern PICKLE = Pattern.compile("(?i)\\.(ckpt|pt|pth)$");

  private final Path data;
  private final Predicate<Path> ready;
  private final Path modelsFolder;
  private final Path lorasFolder;
  private final Path clipTokenizer;
  private final NavigableMap<String, ModelVariant> models =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final NavigableMap<String, DescribedModel> described =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Licence> licences = new LinkedHashMap<>();
  private final Map<String, CatalogueFile> files = new LinkedHashMap<>();
  private final Map<String, CataloguePreset> presets = new LinkedHashMap<>();
  private final LoraLibrary library;
  private final NavigableMap<String, InstalledLora> loras =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<Phrase> notices = new ArrayList<>();

  /**
   * Looks in a data folder.
   *
   * @param ready whether a file or folder may be used
   * @param library reads LoRAs, and remembers those that it has read
   */
  InstalledModels(Path data, Predicate<Path> ready, LoraLibrary library) {
    this.library = library;
    this.ready = ready;
    this.data = data;
    this.modelsFolder = data.resolve("models");
    this.clipTokenizer = data.resolve("tokenizers").resolve("clip");
    this.lorasFolder = data.resolve("loras");
  }

  ModelCatalogue find(Optional<Path> modelsFile, String defaultModel) {
    new BuiltinFiles(BUILTIN_FILES).unpackTo(modelsFolder.resolve(ModelCatalogue.BUILTIN));
    addDescribed("the packed models.yaml", packedText());
    modelsFile.ifPresent(file -> addDescribed(file.toString(), text(file)));
    described.replaceAll((_, model) -> withLatestFiles(model));
    described.values().stream()
        .filter(DescribedModel::installed)
        .forEach(model -> models.put(model.id(), model.variant()));
    children(modelsFolder).filter(ready).filter(ModelFolder::looksLikeOne).forEach(this::addPlain);
    children(modelsFolder).filter(ready).filter(ModelDefaults::isFile).forEach(this::addPlainFile);
    models.values().forEach(model -> addLoras(model.source().main().resolve("lora")));
    addLoras(lorasFolder);
    Stream.of(modelsFolder, lorasFolder, data.resolve("unets"), data.resolve("vae"))
        .flatMap(InstalledModels::children)
        .filter(file -> PICKLE.matcher(file.toString()).find() && ready.test(file))
        .forEach(file -> notices.add(Phrase.of(ReasonCode.FILE_PICKLED, file)));
    return new ModelCatalogue(
        models,
        loras,
        new ModelCatalogue.Described(described, files, presets),
        notices,
        stillThere(defaultModel));
  }

  /** An operator's entry of a file holds for the packed models that need it, too. */
  private DescribedModel withLatestFiles(DescribedModel model) {
    List<CatalogueFile> needs =
        model.needs().stream().map(file -> files.getOrDefault(file.id(), file)).toList();
    return new DescribedModel(
        model.variant(), needs, model.notes(), isThere(model.variant().source(), needs));
  }

  /** A choice whose files have gone since must not keep the bot from starting. */
  private String stillThere(String defaultModel) {
    if (!models.containsKey(defaultModel)
        && ChosenModel.read(data).equals(Optional.of(defaultModel))) {
      notices.add(Phrase.of(ReasonCode.DEFAULT_MODEL_GONE, defaultModel, ModelCatalogue.BUILTIN));
      return ModelCatalogue.BUILTIN;
    }
    return defaultModel;
  }

  /** The models of a file; what it leaves open is as an earlier file has described it. */
  private void addDescribed(String file, String text) {
    YamlSection yaml = YamlSection.parse(file, text, path -> Optional.empty());
    yaml.named("licences")
        .forEach((id, section) -> licences.put(id, LicenceSection.read(id, section)));
    yaml.named("files")
        .forEach((id, section) -> files.put(id, new FileSection(section, licences).read(id)));
    yaml.named("models").forEach((id, section) -> addDescribed(id, new ModelEntry(id, section)));
    YamlSection named = yaml.section("presets");
    named
        .keys()
        .forEach(name ->
            presets.put(
                presetName(name, named), new PresetSection(named.section(name)).read(name)));
    yaml.refuseUnknownKeys();
  }

  private static String presetName(String name, YamlSection yaml) {
    if (!PresetSection.isName(name)) {
      throw yaml.wrongKey(name, "a name of letters, digits, - _ and ., at most 40");
    }
    return name;
  }

  private void addDescribed(String id, ModelEntry entry) {
    Optional<DescribedModel> earlier = Optional.ofNullable(described.get(id));
    Optional<ModelVariant> known = earlier.map(DescribedModel::variant);
    ModelSource source = withVocabulary(entry.source(data, known.map(ModelVariant::source)));
    List<CatalogueFile> needs =
        entry.needs(files, earlier.map(DescribedModel::needs).orElse(List.of()));
    String notes = entry.notes(earlier.map(DescribedModel::notes).orElse(""));
    known
        .filter(variant -> variant.source().main().equals(source.main()))
        .or(() -> plain(id, source, !needs.isEmpty()))
        .map(base -> entry.over(base, source))
        .ifPresent(variant ->
            described.put(id, new DescribedModel(variant, needs, notes, isThere(source, needs))));
  }

  private boolean isThere(ModelSource source, List<CatalogueFile> needs) {
    return needs.stream()
            .flatMap(file -> file.parts().stream())
            .map(part -> data.resolve(part.to()))
            .allMatch(file -> Files.isRegularFile(file) && ready.test(file))
        && Files.exists(source.main())
        && ready.test(source.main())
        && source.unet().map(Files::exists).orElse(true);
  }

  private void addPlain(Path folder) {
    String id = folder.getFileName().toString();
    if (!described.containsKey(id)) {
      plain(id, ModelSource.of(folder), false).ifPresent(plain -> models.put(id, plain));
    }
  }

  /** A file that belongs to a described model is none by itself. */
  private void addPlainFile(Path file) {
    String name = file.getFileName().toString();
    String id = name.substring(0, name.lastIndexOf('.'));
    boolean belongs =
        files.values().stream()
                .flatMap(known -> known.parts().stream())
                .anyMatch(part -> data.resolve(part.to()).equals(file))
            || described.values().stream()
                .anyMatch(model -> model.variant().source().files().contains(file));
    if (!belongs && !described.containsKey(id)) {
      plain(id, withVocabulary(ModelSource.of(file)), false)
          .ifPresent(plain -> models.put(id, plain));
    }
  }

  /** Single files bring no vocabulary: CLIP's is installed once, or comes with another model. */
  private ModelSource withVocabulary(ModelSource source) {
    if (!ModelDefaults.isFile(source.main())) {
      return source;
    }
    Stream<Path> ofFolders =
        children(modelsFolder)
            .filter(ModelFolder::looksLikeOne)
            .map(folder -> folder.resolve("tokenizer"));
    return source.withTokenizers(Stream.concat(Stream.of(clipTokenizer), ofFolders).toList());
  }

  /**
   * A model as its own files describe it; one that is damaged must not keep the others away.
   *
   * @param downloadable whether its files may still be missing
   */
  private Optional<ModelVariant> plain(String id, ModelSource source, boolean downloadable) {
    if (downloadable && Files.notExists(source.main())) {
      return Optional.of(ModelFolder.unread(id, source));
    }
    try {
      return Optional.of(ModelDefaults.of(id, source));
    } catch (Refusal leftOut) {
      notices.add(leftOut.phrase());
      return downloadable ? Optional.of(ModelFolder.unread(id, source)) : Optional.empty();
    }
  }

  private void addLoras(Path folder) {
    loras.putAll(library.below(folder, ready, notices));
  }

  private static Stream<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw notReadable(folder, e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw notReadable(file, e);
    }
  }

  private static String packedText() {
    try (InputStream in = InstalledModels.class.getResourceAsStream(PACKED_FILE)) {
      if (in == null) {
        throw new IllegalStateException("the program was packed without " + PACKED_FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Refusal notReadable(Path path, IOException e) {
    return new Refusal(Phrase.of(ReasonCode.SETTINGS_NOT_READABLE, path, IoReason.of(e)), e);
  }
}

package dev.hyperbrush;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;

/** Every package is one stop on the way from a message to a picture, and knows only stops below. */
@ArchTag("style")
@AnalyzeClasses(packages = "dev.hyperbrush", importOptions = DoNotIncludeTests.class)
final class LayersTest {
  /** From the top of the way to the bottom; packages of one line do not know each other. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("app"),
          List.of("config"),
          List.of("chat.discord", "chat.telegram", "chat.web"),
          List.of("command"),
          List.of("chat"),
          List.of("delivery"),
          List.of("queue"),
          List.of("policy"),
          List.of("store"),
          List.of("install"),
          List.of("pipeline"),
          List.of("image"),
          List.of("textencoder", "denoiser", "vae"),
          List.of("graph"),
          List.of("synthetic"),
          List.of("checkpoint"),
          List.of("onnx"),
          List.of("scheduler"),
          List.of("prompt"),
          List.of("tokenizer"),
          List.of("tensor"),
          List.of("generation"));

  @ArchTest
  static void arrowsPointDown(JavaClasses classes) {
    for (int i = 0; i < LAYERS.size(); i++) {
      for (String layer : LAYERS.get(i)) {
        List<String> above = LAYERS.subList(0, i).stream().flatMap(List::stream).toList();
        List<String> beside = LAYERS.get(i).stream().filter(name -> !name.equals(layer)).toList();
        forbid(layer, above, classes);
        forbid(layer, beside, classes);
      }
    }
  }

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("dev.hyperbrush.(**)").should().beFreeOfCycles();

  @ArchTest static final ArchRule ONE_IMPORTER_OF_ONNX_RUNTIME = only("ai.onnxruntime", "onnx");

  @ArchTest static final ArchRule ONE_IMPORTER_OF_JAVALIN = only("io.javalin", "chat.web");

  @ArchTest static final ArchRule ONE_IMPORTER_OF_JDA = only("net.dv8tion", "chat.discord");

  @ArchTest
  static final ArchRule ONE_IMPORTER_OF_TELEGRAMBOTS = only("org.telegram", "chat.telegram");

  @ArchTest static final ArchRule ONE_IMPORTER_OF_JDBI = only("org.jdbi", "store");

  @ArchTest
  static final ArchRule THE_DOMAIN_IMPORTS_NO_LIBRARY =
      ArchRuleDefinition.classes()
          .that(in("generation"))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "dev.hyperbrush.generation");

  @ArchTest
  static void everyPackageHasItsPlace(JavaClasses classes) {
    List<String> known = LAYERS.stream().flatMap(List::stream).map(LayersTest::full).toList();
    ArchRuleDefinition.classes()
        .should()
        .resideInAnyPackage(known.toArray(String[]::new))
        .check(classes);
  }

  private static void forbid(String layer, List<String> others, JavaClasses classes) {
    if (others.isEmpty()) {
      return;
    }
    ArchRuleDefinition.noClasses()
        .that(in(layer))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.stream().map(LayersTest::full).toArray(String[]::new))
        .allowEmptyShould(true)
        .check(classes);
  }

  private static ArchRule only(String library, String layer) {
    return ArchRuleDefinition.noClasses()
        .that(DescribedPredicate.not(in(layer)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..");
  }

  private static DescribedPredicate<JavaClass> in(String layer) {
    return DescribedPredicate.describe(
        "are in " + layer, type -> type.getPackageName().equals(full(layer)));
  }

  private static String full(String layer) {
    return "dev.hyperbrush." + layer;
  }
}

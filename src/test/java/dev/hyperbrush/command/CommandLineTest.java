package dev.hyperbrush.command;

import static dev.hyperbrush.generation.ReasonCode.FLAG_NOT_YET;
import static dev.hyperbrush.generation.ReasonCode.FLAG_UNKNOWN;
import static dev.hyperbrush.generation.ReasonCode.FLAG_VALUE;
import static dev.hyperbrush.generation.ReasonCode.FLAG_VALUE_MISSING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hyperbrush.generation.LoraWeight;
import dev.hyperbrush.generation.Phrase;
import dev.hyperbrush.generation.ReasonCode;
import dev.hyperbrush.generation.Refusal;
import dev.hyperbrush.policy.ExampleModels;
import dev.hyperbrush.policy.SizeWish;
import dev.hyperbrush.policy.Wish;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
  private final ImagineOptions imagine = new ImagineOptions(ExampleModels.choices());

  /** What a line means, in one notation: the prompt, then what was asked for by canonical name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a red circle                            | a red circle
          a cat --steps 4                         | a cat; steps=4
          --steps 4 a cat                         | a cat; steps=4
          a cat --steps 4 in a hat                | a cat in a hat; steps=4
          a cat --step 4                          | a cat; steps=4
          a cat -s 4                              | a cat; steps=4
          a cat --STEPS 4                         | a cat; steps=4
          a cat --steps=4                         | a cat; steps=4
          a cat --steps="4"                       | a cat; steps=4
          a cat --steps 4 --steps 6               | a cat; steps=6
          a cat —steps 4                          | a cat; steps=4
          a cat –steps 4                          | a cat; steps=4
          a cat −steps 4                          | a cat; steps=4
          a cat ―steps 4                          | a cat; steps=4
          a cat —-steps 4                         | a cat; steps=4
          a cat －－steps 4                        | a cat; steps=4
          a cat -steps 4                          | a cat; steps=4
          a cat —s 4                              | a cat; steps=4
          a cat --steps ４                         | a cat; steps=4
          sci-fi — moody                          | sci-fi — moody
          sci-fi —moody                           | sci-fi —moody
          el gato —negro— duerme                  | el gato —negro— duerme
          a cat—no dog                            | a cat—no dog
          a cat -- a dog                          | a cat -- a dog
          a cat - a dog                           | a cat - a dog
          他说 ——你好                               | 他说 ——你好
          t-shirt, x-ray, -dark                   | t-shirt, x-ray, -dark
          --- a cat ---                           | --- a cat ---
          a 5" disk --steps 4                     | a 5" disk; steps=4
          a "b --steps 4                          | a "b; steps=4
          it's a cat --steps 4                    | it's a cat; steps=4
          ~"a cat" --steps 4~                     | a cat; steps=4
          ~a sign "use --steps 9" --steps 4~      | a sign "use --steps 9"; steps=4
          ~a sign “use --steps 9”, lit --steps 4~ | a sign “use --steps 9”, lit; steps=4
          ~"--steps 9"~                           | --steps 9
          ~"a \\"b\\" \\\\ c"~                    | a "b" \\ c
          ~"a \\(b\\)"~                           | a \\(b\\)
          ~“a cat”~                               | a cat
          ~„eine Katze“ --steps 4~                | eine Katze; steps=4
          ~« un chat »~                           | un chat
          a cat --guidance 4.5                    | a cat; guidance=4.5
          a cat --cfg 4,5                         | a cat; guidance=4.5
          a cat --scale .5                        | a cat; guidance=0.5
          a cat --cfgscale 0                      | a cat; guidance=0.0
          a cat --cfg_scale 7                     | a cat; guidance=7.0
          a cat --seed 7                          | a cat; seed=7
          a cat --seed 9223372036854775807        | a cat; seed=9223372036854775807
          a cat --seed -1                         | a cat
          a cat --seed －1                         | a cat
          a cat --size １０２４ｘ７６８                | a cat; size=1024x768
          a cat --ar ３：２                         | a cat; ar=3:2
          a cat —seed —1                          | a cat
          a cat --size 1024x768                   | a cat; size=1024x768
          a cat --size 1024X768                   | a cat; size=1024x768
          a cat --size 1024×768                   | a cat; size=1024x768
          a cat --size 1024*768                   | a cat; size=1024x768
          a cat --size 1024 x 768 big             | a cat big; size=1024x768
          a cat --w 1024 --h 768                  | a cat; size=1024x768
          a cat -W 1024 -H 768                    | a cat; size=1024x768
          a cat --width 1024                      | a cat; size=1024x
          a cat --size 512x512 -H 768             | a cat; size=512x768
          a cat -H 768 --size 512x512             | a cat; size=512x512
          a cat --ar 3:2                          | a cat; ar=3:2
          a cat --aspect 16/9                     | a cat; ar=16:9
          a cat --ar Portrait                     | a cat; ar=2:3
          a cat --ar 3:2 --size 512x512           | a cat; size=512x512
          a cat --size 512x512 --ar 3:2           | a cat; ar=3:2
          a cat --no dog                          | a cat; no=dog
          a cat --no a big dog, red --steps 4     | a cat; steps=4; no=a big dog, red
          a cat --negative dog                    | a cat; no=dog
          a cat --neg=dog, mouse                  | a cat; no=dog, mouse
          ~a cat --no "two dogs" --steps 4~       | a cat; steps=4; no=two dogs
          ~a cat --no="two dogs" --steps 4~       | a cat; steps=4; no=two dogs
          ~a cat --no 'two dogs'~                 | a cat; no=two dogs
          ~a cat --no "a --steps b"~              | a cat; no=a --steps b
          ~a cat --no "red", "blue"~              | a cat; no="red", "blue"
          a cat Negative prompt: dog, mouse       | a cat; no=dog, mouse
          a cat negative prompt:dog --steps 4     | a cat; steps=4; no=dog
          a cat --n 3                             | a cat; count=3
          a cat --batch 3                         | a cat; count=3
          a cat --repeat 3                        | a cat; count=3
          a cat --model small                     | a cat; model=small
          a cat --m small in a hat                | a cat in a hat; model=small
          a cat --checkpoint nothing              | a cat; model=nothing
          a cat --scheduler Euler a --steps 4     | a cat; steps=4; scheduler=Euler a
          a cat --sampler euler_ancestral         | a cat; scheduler=euler_ancestral
          a cat --sampling DPM++ 2M Karras cat    | a cat cat; scheduler=DPM++ 2M Karras
          ~a cat --scheduler 'Euler a'~           | a cat; scheduler=Euler a
          ~a cat --scheduler=“Euler a”~           | a cat; scheduler=Euler a
          a cat --eta 0.3                         | a cat; eta=0.3
          a cat --lora outline                    | a cat; lora=outline*1.0
          a cat --lora outline:0.8                | a cat; lora=outline*0.8
          a cat --lora a:1 --lora b:-0.5          | a cat; lora=a*1.0,b*-0.5
          ~a cat --lora "Pixel Art:0.8"~          | a cat; lora=Pixel Art*0.8
          a cat --lora fast:v2:0.5                | a cat; lora=fast:v2*0.5
          a cat <lora:outline:0.8> in a hat       | a cat in a hat; lora=outline*0.8
          <lora:outline>a cat                     | a cat; lora=outline*1.0
          a cat <lora:Pixel Art:.5> --lora b      | a cat; lora=Pixel Art*0.5,b*1.0
          (a:1.3) [b] a::2 {x, y} __z__ BREAK AND  | (a:1.3) [b] a::2 {x, y} __z__ BREAK AND
          """)
  void linesMeanWhatPeopleMean(String line, String meaning) {
    assertThat(meaning(read(line))).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a --stpes 4            | FLAG_UNKNOWN       | imagine; --stpes; --steps
          a --steps4             | FLAG_UNKNOWN       | imagine; --steps4; --steps
          a --gidance 4          | FLAG_UNKNOWN       | imagine; --gidance; --guidance
          a --guid=4             | FLAG_UNKNOWN       | imagine; --guid; --guidance
          a --no b --modle x     | FLAG_UNKNOWN       | imagine; --modle; --model
          a —-foo                | FLAG_UNKNOWN       | imagine; --foo; ~
          a --hires 2            | FLAG_NOT_YET       | --hires
          a -hr                  | FLAG_NOT_YET       | --hr
          a --tile               | FLAG_NOT_YET       | --tile
          a --x steps=1,2        | FLAG_NOT_YET       | --x
          a --steps              | FLAG_VALUE_MISSING | steps; 4
          a --steps --seed 7     | FLAG_VALUE_MISSING | steps; 4
          a --no                 | FLAG_VALUE_MISSING | no; text, blurry
          a --steps many         | FLAG_VALUE         | steps; many; 1–150
          a --steps 0            | FLAG_VALUE         | steps; 0; 1–150
          a --steps -3           | FLAG_VALUE         | steps; -3; 1–150
          a --steps 4.5          | FLAG_VALUE         | steps; 4.5; 1–150
          a --steps=             | FLAG_VALUE         | steps; ; 1–150
          a --steps 99999999999999999999 | FLAG_VALUE | steps; 99999999999999999999; 1–150
          a --seed -2            | FLAG_VALUE         | seed; -2; -1, 0–9223372036854775807
          a --seed 9223372036854775808 | FLAG_VALUE   | seed; 9223372036854775808; -1, 0–9223372036854775807
          a --guidance NaN       | FLAG_VALUE         | guidance; NaN; 0–20
          a --guidance 1e1       | FLAG_VALUE         | guidance; 1e1; 0–20
          a --guidance 20.1      | FLAG_VALUE         | guidance; 20.1; 0–20
          a --guidance .         | FLAG_VALUE         | guidance; .; 0–20
          a --eta 2              | FLAG_VALUE         | eta; 2; 0–1
          a --count 5            | FLAG_VALUE         | count; 5; 1–4
          a --size big           | FLAG_VALUE         | size; big; 1024x768 (16–16384)
          a --size 0x0           | FLAG_VALUE         | size; 0x0; 1024x768 (16–16384)
          a --size 99999x8       | FLAG_VALUE         | size; 99999x8; 1024x768 (16–16384)
          a --w 8                | FLAG_VALUE         | width; 8; 16–16384
          a --ar 0:1             | FLAG_VALUE         | ar; 0:1; 3:2, 16:9, portrait, landscape, square
          a --ar 3               | FLAG_VALUE         | ar; 3; 3:2, 16:9, portrait, landscape, square
          a --lora x:much        | FLAG_VALUE         | lora; x:much; name, name:0.8 (-4 … 4)
          a --lora x:9           | FLAG_VALUE         | lora; x:9; name, name:0.8 (-4 … 4)
          a <lora:x:much>        | FLAG_VALUE         | lora; <lora:x:much>; name, name:0.8 (-4 … 4)
          a <lora:x              | FLAG_VALUE         | lora; <lora:x; name, name:0.8 (-4 … 4)
          a <lora:<lora:y>x>     | FLAG_VALUE         | lora; <lora:; name, name:0.8 (-4 … 4)
          """)
  void whatCannotBeReadIsNamed(String line, ReasonCode code, String args) {
    Phrase refusal = refusal(line);
    assertThat(refusal.code()).isEqualTo(code);
    if (!args.endsWith("~")) {
      assertThat(String.join("; ", refusal.args())).isEqualTo(args);
    }
  }

  @Test
  void aFlagLikeNoOtherIsAnsweredWithAllOfThem() {
    Phrase refusal = refusal("a --foobarbaz");
    assertThat(refusal.code()).isEqualTo(FLAG_UNKNOWN);
    assertThat(refusal.args().getLast()).startsWith("--no, --steps, ").endsWith("--help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u0007b", "a\uD800b", "a\uFEFFb", "a\u200Bb", "a\uFFFFb"})
  void whatNoTextHasIsLeftOut(String line) {
    assertThat(read(line).text()).isEqualTo("ab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\t b", "a\u00A0b", "a\u3000b", "a\r\nb", "a\u2028b", " a b "})
  void everyKindOfSpaceIsASpace(String line) {
    assertThat(read(line).text()).isEqualTo("a b");
  }

  @Test
  void emojiAndLettersOfAllScriptsStay() {
    String prompt = "👩‍🎨 ein Bär, 猫, кот, قطة";
    assertThat(read(prompt).text()).isEqualTo(prompt);
  }

  @Test
  void whatThePlatformTookApartWinsOverTheLine() {
    Arguments arguments =
        CommandLine.read(
            imagine.usage(),
            "a cat --steps 4 --lora x",
            Map.of("steps", "6", "cfg", " 3 ", "lora", "a:0.5, b", "size", "", "no", "a --b"));
    assertThat(meaning(arguments))
        .isEqualTo("a cat; steps=6; guidance=3.0; no=a --b; lora=a*0.5,b*1.0");
  }

  @Test
  void aPromptInAFieldOfItsOwnHasNoFlags() {
    Arguments arguments =
        CommandLine.read(imagine.usage(), "a dog", Map.of("prompt", " draw\n--steps 4 "));
    assertThat(meaning(arguments)).isEqualTo("draw --steps 4");
  }

  @Test
  void fieldsAreCheckedLikeFlags() {
    assertThat(refusal(Map.of("stesp", "4")).code()).isEqualTo(FLAG_UNKNOWN);
    assertThat(refusal(Map.of("hires", "2")).code()).isEqualTo(FLAG_NOT_YET);
    assertThat(refusal(Map.of("steps", "x")).code()).isEqualTo(FLAG_VALUE);
  }

  @Test
  void helpIsAFlagOfEveryVerb() {
    Arguments arguments = CommandLine.read(Usage.of("queue"), "--help", Map.of());
    assertThat(arguments.get(Flags.HELP)).contains(true);
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> CommandLine.read(Usage.of("queue"), "--all", Map.of()));
    assertThat(refusal.phrase()).isEqualTo(Phrase.of(FLAG_UNKNOWN, "queue", "--all", "--help"));
  }

  /** Quadratic reading would take minutes here; the build's own limit ends it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a ",
        "\"",
        "\"a ",
        "“„«\" ",
        "--no a ",
        "--",
        "-- ",
        "\\\"",
        "—",
        "<lora:",
        "=\"",
        "--no=\" ",
        "negative prompt: x ",
        "--lora a ",
        "(",
        "<lora:a>",
        "--no \"a\" "
      })
  void hugeLinesAreReadInNoTime(String piece) {
    String line = piece.repeat(1_000_000 / piece.length());
    try {
      imagine.wish(CommandLine.read(imagine.usage(), line, Map.of()));
    } catch (Refusal refusal) {
      assertThat(refusal.phrase().english()).hasSizeLessThan(500);
    }
  }

  @Test
  void nothingThatIsTypedBreaksTheReader() {
    Random random = new Random(3);
    List<String> pieces =
        List.of(
            "--",
            "—",
            "-",
            " ",
            " ",
            "\"",
            "“",
            "”",
            "'",
            "=",
            "\\",
            "steps",
            "no",
            "4",
            "x",
            "size",
            "lora",
            "<lora:",
            ">",
            ":",
            "negative",
            "prompt:",
            "\n",
            "\u0000",
            "🐈",
            "a b");
    for (int i = 0; i < 20_000; i++) {
      String line =
          random
              .ints(random.nextInt(12), 0, pieces.size())
              .mapToObj(pieces::get)
              .collect(Collectors.joining());
      try {
        Wish wish = imagine.wish(CommandLine.read(imagine.usage(), line, Map.of()));
        assertThat(wish.prompt()).as(line).doesNotContain("\n", "\u0000");
      } catch (Refusal refusal) {
        assertThat(refusal.code())
            .as(line)
            .isIn(FLAG_UNKNOWN, FLAG_VALUE, FLAG_VALUE_MISSING, FLAG_NOT_YET);
      }
    }
  }

  private Arguments read(String line) {
    return CommandLine.read(imagine.usage(), line, Map.of());
  }

  private Phrase refusal(String line) {
    return catchThrowableOfType(Refusal.class, () -> imagine.wish(read(line))).phrase();
  }

  private Phrase refusal(Map<String, String> options) {
    return catchThrowableOfType(
            Refusal.class, () -> CommandLine.read(imagine.usage(), "a", options))
        .phrase();
  }

  private String meaning(Arguments arguments) {
    Wish wish = imagine.wish(arguments);
    StringBuilder meaning = new StringBuilder(wish.prompt());
    wish.steps().ifPresent(value -> meaning.append("; steps=").append(value));
    wish.guidanceScale().ifPresent(value -> meaning.append("; guidance=").append(value));
    wish.seed().ifPresent(value -> meaning.append("; seed=").append(value.value()));
    wish.size().ifPresent(value -> meaning.append(shown(value)));
    if (!wish.negativePrompt().isEmpty()) {
      meaning.append("; no=").append(wish.negativePrompt());
    }
    wish.count().ifPresent(value -> meaning.append("; count=").append(value));
    wish.model().ifPresent(value -> meaning.append("; model=").append(value));
    wish.scheduler().ifPresent(value -> meaning.append("; scheduler=").append(value));
    wish.eta().ifPresent(value -> meaning.append("; eta=").append(value));
    if (!wish.loras().isEmpty()) {
      meaning.append("; lora=").append(shown(wish.loras()));
    }
    return meaning.toString();
  }

  private static String shown(SizeWish size) {
    return switch (size) {
      case SizeWish.Ratio ratio -> "; ar=" + ratio;
      case SizeWish.Pixels pixels -> "; size=" + side(pixels.width()) + "x" + side(pixels.height());
    };
  }

  private static String side(java.util.OptionalInt side) {
    return side.isPresent() ? String.valueOf(side.getAsInt()) : "";
  }

  private static String shown(List<LoraWeight> loras) {
    return loras.stream()
        .map(lora -> lora.name() + "*" + lora.weight())
        .collect(Collectors.joining(","));
  }
}

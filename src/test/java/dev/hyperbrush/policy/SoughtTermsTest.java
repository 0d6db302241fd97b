package dev.hyperbrush.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The word that nobody wants to see here is “grotty”. */
final class SoughtTermsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "grotty",
        "a grotty cat",
        "GROTTY",
        "GrOtTy!",
        "(grotty:1.3)",
        "[grotty], cat",
        "cat,grotty,dog",
        "very_grotty_cat",
        "1grotty cat",
        "grotty2",
        "猫grotty犬",
        // zero-width space, joiner, non-joiner, soft hyphen, word joiner, byte order mark
        "gro\u200Btty",
        "gro\u200Dt\u200Cty",
        "gro\u00ADtty",
        "g\u2060r\uFEFFotty",
        // direction marks, variation selector, tag, filler, combining grapheme joiner
        "\u202Egrotty\u202C",
        "g\u200Fr\u200Eo\u2066tty\u2069",
        "grot\uFE0Fty",
        "gro\uDB40\uDC61tty",
        "gro\u3164tty",
        "g\u034Frotty",
        // full width, mathematical, circled, squared, flags
        "ｇｒｏｔｔｙ",
        "𝐠𝐫𝐨𝐭𝐭𝐲 cat",
        "𝔤𝔯𝔬𝔱𝔱𝔶",
        "ⓖⓡⓞⓣⓣⓨ",
        "🅶🆁🅾🆃🆃🆈",
        "🇬🇷🇴🇹🇹🇾",
        // Cyrillic, Greek, Armenian, Cherokee, small capitals
        "gr\u043Ett\u0443",
        "GR\u041ETT\u0423",
        "gr\u03BFtty",
        "\u050CR\u039F\u03A4\u03A4\u03A5",
        "gr\u0585tty",
        "ɢʀᴏᴛᴛʏ",
        // accents composed, combining, overlaid, stacked; strokes
        "gróttý",
        "gro\u0301tty",
        "g\u0336r\u0336o\u0336t\u0336t\u0336y\u0336",
        "g\u0300\u0301\u0302\u0303\u0304\u0305rotty",
        "grøŧŧy",
        // signs within, and spelled out
        "g.r.o.t.t.y",
        "g-r-o-t-t-y",
        "gro*tty",
        "g_r_o_t_t_y",
        "gro'tty",
        "gro❤tty",
        "g r o t t y",
        "a   g  r  o  t  t  y cat",
        "g . r . o . t . t . y",
        "g\u00A0r\u3000o\u2009t\tt\ny",
        // several at once
        "Ｇ\u200B.Ｒ\u200B.\u041E\u0336.t.т.У"
      })
  void aDisguiseIsSeenThrough(String text) {
    assertThat(find(word("grotty"), text)).as(text).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ass,    'a glass of class, a bass and an assassin passes the grass'",
    "cunt,   a view of Scunthorpe",
    "tit,    'a title, a titmouse, a constitution'",
    "sex,    'Essex, Sussex and Middlesex'",
    "cum,    'a document of cucumbers, cumulus clouds'",
    "hell,   'shells, hello, Michelle'",
    "anal,   'an analyst of canals, analog'",
    "shit,   it's hit by the ball",
    "shit,   mishits and Mishita",
    "bum,    burn the album",
    "com,    corn on the cob",
    "kill,   skill and killjoy",
    "kill,   k ill",
    "as,     'a s'",
    "ass,    'as s'",
    "the,    'a t, he'",
    "bad,    'b, a, dog'",
    "bad,    b a dog",
    "bad,    'ba d'",
    "o,      0",
    "love,   'l 0 v e'",
    "schön,  es ist schon spät",
    "мой,    мои друзья",
    "ばか,   はか"
  })
  void anInnocentTextIsLeftAlone(String word, String text) {
    assertThat(find(word(word), text)).as(text).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "schön, SCHÖN",
    "schön, scho\u0308n",
    "straße, STRASSE",
    "strasse, Straße",
    "вор, ВОР",
    "ВОР, вор",
    "ΝΑΙ, ναι",
    "ναι, ΝΑΙ",
    "istanbul, İSTANBUL",
    "ένας, ΈΝΑΣ",
    "naïve, 'a naïve dog'",
    "भालू, एक भालू है",
    "مرحبا, مَرْحَبًا",
    "한국, 한국"
  })
  void lettersOfAllLanguagesHaveTwoCasesAndOneForm(String word, String text) {
    assertThat(find(word(word), text)).as(text).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "女優, 美しい女優です, true",
    "女優, 女・優, true",
    "女優, 女 優, true",
    "女優, '女。優しい', false",
    "女優, '美女。優しい', false",
    "ネコ, 白いネコが, true",
    "ネコ, ﾈｺ, true",
    "แมว, ฉันรักแมวมาก, true",
    "AV女優, 'BAV女優', false",
    "AV女優, '有AV女優的', true",
    "cat, 猫cat猫, true",
    "cat, 猫cats猫, false"
  })
  void aWordOfAScriptWithoutSpacesIsFoundAnywhere(String word, String text, boolean found) {
    assertThat(!find(word(word), text).isEmpty()).as(text).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "LOOSE, gr0tty, false",
    "LEET,  gr0tty, true",
    "LEET,  GR077Y, true",
    "LEET,  gr0t+y, true",
    "LEET,  grotty!, true",
    "LEET,  grotto, false",
    "EXACT, GROTTY, true",
    "EXACT, gro\u200Btty, true",
    "EXACT, ｇｒｏｔｔｙ, true",
    "EXACT, gróttý, false",
    "EXACT, gr\u043Etty, false",
    "EXACT, g.rotty, false",
    "EXACT, g r o t t y, false"
  })
  void aRuleSaysHowCloselyItLooks(RuleReading reading, String text, boolean found) {
    ContentRule rule = Rules.rule(RuleKind.WORD, "grotty", reading, RuleAction.BLOCK);
    assertThat(!find(rule, text).isEmpty()).as(text).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({"kill, k1ll", "kill, ki11", "idiot, 1d10t", "ass, @$$"})
  void aOneIsAnIOrAnL(String word, String text) {
    ContentRule rule = Rules.rule(RuleKind.WORD, word, RuleReading.LEET, RuleAction.BLOCK);
    assertThat(find(rule, text)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ice cream, ice cream, true",
    "ice cream, 'Ice   CREAM', true",
    "ice cream, ice-cream, true",
    "ice cream, 'ice, cream', true",
    "ice cream, 'i.c.e. cr\u0435am', true",
    "ice cream, icecream, false",
    "ice cream, nice cream, false",
    "ice cream, ice creams, false",
    "ice cream, ice cold cream, false",
    "the rapist, a therapist, false",
    "日本 酒, 日本酒, true",
    "of two three, one of two three four, true"
  })
  void aPhraseIsItsWordsWithAnythingBetweenThem(String phrase, String text, boolean found) {
    ContentRule rule = Rules.phrase(phrase, RuleAction.BLOCK);
    assertThat(!find(rule, text).isEmpty()).as(text).isEqualTo(found);
  }

  @Test
  void theOriginalPlaceIsKnown() {
    String text = "A 𝐠𝐫o\u0336\u200Bt.тy cat, ｇrotty";
    assertThat(find(word("grotty"), text).getFirst().places())
        .extracting(place -> place.of(text))
        .containsExactly("𝐠𝐫o\u0336\u200Bt.тy", "ｇrotty");
  }

  @Test
  void everyRuleOfThousandsIsFound() {
    List<ContentRule> rules =
        IntStream.range(0, 5000).mapToObj(i -> word(letters(i)).withId(i + 1)).toList();
    RuleSet set = RuleSet.compile(rules);
    for (int i = 0; i < rules.size(); i += 97) {
      String text = "a cat " + letters(i).toUpperCase(Locale.ROOT) + " dog";
      List<Firing> fired = set.find(new PromptText(text), RulePart.PROMPT);
      assertThat(fired).extracting(Firing::rule).contains(rules.get(i));
    }
  }

  /** Any way of writing a word that people read as it is found, and at its place. */
  @Test
  void anyMixtureOfDisguisesIsSeenThrough() {
    Random random = new Random(7);
    String[] insides = {"", "", "\u200B", "\u0336", ".", "-", "\u00AD", "\u202E", "\u0301"};
    for (int round = 0; round < 2000; round++) {
      StringBuilder written = new StringBuilder();
      for (char letter : "grotty".toCharArray()) {
        written.append(variant(letter, random)).append(insides[random.nextInt(insides.length)]);
      }
      String text = "a red circle, " + written + " and a dog";
      List<Firing> fired = find(word("grotty"), text);
      assertThat(fired).as(text).hasSize(1);
      assertThat(written.toString()).contains(fired.getFirst().found());
    }
  }

  /** Whatever the text is, reading it does not fail, and places are within it. */
  @Test
  void noTextIsTooStrange() {
    Random random = new Random(8);
    RuleSet rules =
        RuleSet.compile(
            List.of(
                word("a"),
                word("中"),
                Rules.phrase("a b", RuleAction.STRIP),
                Rules.regex("\\pL", RuleAction.BLOCK)));
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        int limit = random.nextBoolean() ? 0x100 : random.nextBoolean() ? 0x3100 : 0x110000;
        text.append(
            random.nextInt(20) == 0
                ? String.valueOf((char) (0xD800 + random.nextInt(0x800)))
                : Character.toString(random.nextInt(limit)));
      }
      String strange = text.toString();
      assertThat(rules.find(new PromptText(strange), RulePart.PROMPT))
          .flatExtracting(Firing::places)
          .allSatisfy(place -> assertThat(place.of(strange)).isNotEmpty());
    }
  }

  private static String variant(char letter, Random random) {
    List<String> variants =
        new ArrayList<>(
            List.of(
                String.valueOf(letter),
                String.valueOf(Character.toUpperCase(letter)),
                String.valueOf((char) (letter - 'a' + 'ａ')),
                Character.toString(0x1D41A + letter - 'a'),
                Character.toString(0x24D0 + letter - 'a')));
    switch (letter) {
      case 'o' -> variants.addAll(List.of("о", "ο", "О", "ø", "ö"));
      case 'y' -> variants.addAll(List.of("у", "ý"));
      case 'r' -> variants.add("г");
      default -> {}
    }
    return variants.get(random.nextInt(variants.size()));
  }

  private static String letters(int number) {
    StringBuilder word = new StringBuilder("q");
    for (int rest = number; rest > 0; rest /= 26) {
      word.append((char) ('a' + rest % 26));
    }
    return word.append("zz").toString();
  }

  private static ContentRule word(String word) {
    return Rules.word(word, RuleAction.BLOCK);
  }

  private static List<Firing> find(ContentRule rule, String text) {
    return RuleSet.compile(List.of(rule)).find(new PromptText(text), RulePart.PROMPT);
  }
}

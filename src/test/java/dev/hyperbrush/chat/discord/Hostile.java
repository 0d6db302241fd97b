package dev.hyperbrush.chat.discord;

import java.util.Random;

/** Text as nobody wishes to be sent: from Discord's markup, controls, and halves of characters. */
final class Hostile {
  private static final String[] PIECES = {
    "@everyone",
    "@here",
    "<@123>",
    "<@&456>",
    "<#789>",
    "</imagine:1>",
    "<t:1:R>",
    "<:smile:1>",
    "<a:wave:2>",
    "<id:customize>",
    "[click](https://example.org)",
    "https://example.org/a_b",
    "||hidden||",
    "**bold",
    "__under",
    "~~gone",
    "`code`",
    "```js\nlet x",
    "\n# heading",
    "\n- item",
    "\n1. one",
    "\n> quote",
    "\n>>> all",
    "\n-# small",
    "\\",
    "\\\\",
    "\u202E",
    "\u2066",
    "\u2069",
    "\u0000",
    "\u001B[31m",
    "\uD83D",
    "\uDC00",
    "\uD83D\uDE00",
    "e\u0301",
    "a\u0300\u0301\u0302\u0303",
    "\u05D0\u05D1\u05D2",
    "\u0645\u0631\u062D\u0628\u0627",
    "\u2028",
    "\r\n",
    "\n\n\n\n",
    "\t",
    " ",
    "\u200B",
    "\uFEFF",
    "猫",
    "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
    "word",
    "a",
    "*",
    "_",
    "<",
    "@",
    "#",
    ":",
    "(",
    ")",
    "]",
    "[",
  };

  private final Random chance;

  Hostile(long seed) {
    chance = new Random(seed);
  }

  /** About so many characters. */
  String text(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(PIECES[chance.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  int upTo(int most) {
    return chance.nextInt(most + 1);
  }

  boolean maybe() {
    return chance.nextBoolean();
  }
}

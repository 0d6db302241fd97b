/**
 * Telegram on loopback, for tests: a Bot API as strict as the real one, over HTTP, and people who
 * use it.
 *
 * <pre>{@code
 * try (FakeTelegram telegram = FakeTelegram.start()) {
 *   var settings = new TelegramSettings(Optional.of(telegram.token()), Optional.of(telegram.api()));
 *   // start the bot with these settings
 *   TelegramPerson ann = telegram.person("Ann");
 *   ann.say("a red fox");                                     // in the private chat
 *   await().until(() -> ann.chat().fromBot().size() == 1);
 *   SeenMessage picture = ann.chat().last();                  // text, marks, keyboard, photo, earlier
 *   Press press = ann.press(ann.chat(), picture, "again");    // by the start of callback_data
 *   await().until(() -> press.answer().isPresent());
 *   TelegramChat group = telegram.supergroup("Painters", ann, telegram.person("Bob"));
 *   ann.sayIn(group, group.topic("Foxes"), "/imagine@hyperbrush_bot a fox");
 *   telegram.faults().next(1, "sendPhoto", Faults.tooMany(1)); // what goes wrong
 *   assertThat(telegram.violations()).isEmpty();
 * }
 * }</pre>
 *
 * <p>Rates: to one chat four messages or edits at once, then one a second; 20 in a minute to a
 * group; 30 in any second in all. Who sends more gets 429 and leaves a violation.
 */
@NullMarked
package dev.hyperbrush.faketelegram;

import org.jspecify.annotations.NullMarked;

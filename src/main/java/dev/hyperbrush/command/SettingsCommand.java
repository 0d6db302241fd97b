package dev.hyperbrush.command;

import dev.hyperbrush.chat.Reply;

/**
 * {@code /settings}: those of a picture, as {@code /show} says them but to whoever asks alone;
 * without one, those that hold here. Thread-safe.
 */
final class SettingsCommand implements JobVerb {
  private final Verb ofPicture;
  private final Verb ofPlace;

  SettingsCommand(Verb ofPicture, Verb ofPlace) {
    this.ofPicture = ofPicture;
    this.ofPlace = ofPlace;
  }

  @Override
  public Usage usage() {
    return Usage.of("settings").takes("picture").evenWhenBanned();
  }

  @Override
  public Reply run(Call call) {
    return (call.arguments().text().isEmpty() ? ofPlace : ofPicture).run(call);
  }
}

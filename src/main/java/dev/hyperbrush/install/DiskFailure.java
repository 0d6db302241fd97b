package dev.hyperbrush.install;

import java.io.IOException;

/** What has arrived could not be written: trying again would not help. */
final class DiskFailure extends IOException {
  private static final long serialVersionUID = 1;

  private final IOException reason;

  DiskFailure(IOException reason) {
    super(reason);
    this.reason = reason;
  }

  IOException reason() {
    return reason;
  }
}

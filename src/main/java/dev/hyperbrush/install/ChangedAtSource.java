package dev.hyperbrush.install;

import java.io.IOException;

/** The file at the source is not the one any more whose beginning has arrived. */
final class ChangedAtSource extends IOException {
  private static final long serialVersionUID = 1;
}

package dev.hyperbrush.install;

/** Is told how a download goes, by any thread. */
public interface Watcher {
  /**
   * So much of a file is there.
   *
   * @param total negative where the source does not say
   */
  void progress(long done, long total);

  /** Something that whoever waits should know, in English. */
  void notice(String sentence);
}

package dev.hyperbrush.app;

/** Entry point. */
public final class Main {
  public static void main(String[] args) {
    System.out.println("Hyperbrush on Java " + Runtime.version());
  }

  private Main() {}
}

package dev.hyperbrush.app;

import dev.hyperbrush.store.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Very many people who ask for pictures, as they do: seldom one by one and evenly. There are calm
 * times and rushes; most people want a picture or two, and a few want a hundred at once.
 *
 * <p>Owned by one thread. With equal chance, it is the same crowd.
 */
final class Crowd {
  /** Pixel-steps that one GPU does in a second. */
  static final double SPEED = 10e6;

  private static final double CALM_LOAD = 0.6;
  private static final double RUSH_LOAD = 2.0;
  private static final double CALM_SECONDS = 600;
  private static final double RUSH_SECONDS = 120;

  /** Of all people and of all visits, who want many pictures. */
  private static final double HEAVY = 0.03;

  private static final int MOST_OF_LIGHT = 3;
  private static final int LEAST_OF_HEAVY = 20;
  private static final int MOST_OF_HEAVY = 100;

  /** Of a small quick picture, a usual one, a slow one, and four slow ones. */
  private static final long[] COSTS = {1 << 20, 4 << 20, 50 << 20, 200 << 20};

  private static final double[] SHARES = {0.3, 0.5, 0.17, 0.03};

  private final RandomGenerator chance;
  private final int people;
  private final double visitsPerSecond;
  private double now;
  private boolean rush;
  private double change = CALM_SECONDS;

  /**
   * Somebody comes and asks.
   *
   * @param at seconds since the beginning
   */
  record Visit(double at, int person, boolean heavy, List<Work> wants) {}

  Crowd(int people, int gpus, RandomGenerator chance) {
    this.people = people;
    this.chance = chance;
    double light = (1 + MOST_OF_LIGHT) / 2.0;
    double heavy = (LEAST_OF_HEAVY + MOST_OF_HEAVY) / 2.0;
    double cost = 0;
    for (int i = 0; i < COSTS.length; i++) {
      cost += COSTS[i] * SHARES[i];
    }
    double perVisit = cost * (light * (1 - HEAVY) + heavy * HEAVY);
    visitsPerSecond = gpus * SPEED / perVisit; // at a load of 1
  }

  /** The share of the work that a person has: one in six has two or four times the usual one. */
  static double weight(int person) {
    return switch (person % 18) {
      case 0 -> 4;
      case 1, 2 -> 2;
      default -> 1;
    };
  }

  Visit next() {
    now += pause();
    while (now > change) { // without memory, so the rest of the pause is as any other
      now = change;
      rush = !rush;
      change = now - Math.log(1 - chance.nextDouble()) * (rush ? RUSH_SECONDS : CALM_SECONDS);
      now += pause();
    }
    boolean heavy = chance.nextDouble() < HEAVY;
    int heavies = (int) (people * HEAVY);
    int person = heavy ? chance.nextInt(heavies) : heavies + chance.nextInt(people - heavies);
    int count =
        heavy
            ? chance.nextInt(LEAST_OF_HEAVY, MOST_OF_HEAVY + 1)
            : chance.nextInt(1, MOST_OF_LIGHT + 1);
    List<Work> wants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      wants.add(new Work(cost(), weight(person)));
    }
    return new Visit(now, person, heavy, wants);
  }

  private double pause() {
    return -Math.log(1 - chance.nextDouble()) / visitsPerSecond / (rush ? RUSH_LOAD : CALM_LOAD);
  }

  private long cost() {
    double at = chance.nextDouble();
    int kind = 0;
    while (kind < COSTS.length - 1 && at >= SHARES[kind]) {
      at -= SHARES[kind];
      kind++;
    }
    return COSTS[kind];
  }
}

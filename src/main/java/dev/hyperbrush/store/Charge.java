package dev.hyperbrush.store;

import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * The limits of a person that a job is accepted within. Immutable.
 *
 * @param maxUnfinished jobs that wait or are drawn, this one included
 * @param day whose quota the job uses
 * @param dailyWork pixel-steps of a day; empty for no limit
 */
public record Charge(int maxUnfinished, LocalDate day, OptionalLong dailyWork) {}

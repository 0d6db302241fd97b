package dev.hyperbrush.faketelegram;

import com.fasterxml.jackson.databind.JsonNode;

/** One method of the Bot API. Called with the world's monitor held. */
@FunctionalInterface
interface Method {
  /** Its result; throws {@link Refusal}. */
  JsonNode call(Parameters parameters) throws InterruptedException;
}

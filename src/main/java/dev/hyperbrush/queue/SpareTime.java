package dev.hyperbrush.queue;

import dev.hyperbrush.generation.GenerationRequest;
import dev.hyperbrush.generation.GenerationResult;
import java.time.Duration;
import java.util.Optional;

/**
 * What a worker draws while nobody wants anything. It is nobody's job: it is in no history and in
 * no quota, and is broken off for the first job that comes. Called on the worker's thread.
 */
public interface SpareTime {
  /** None is used. */
  SpareTime NONE =
      new SpareTime() {
        @Override
        public Duration after() {
          return Duration.ZERO;
        }

        @Override
        public Optional<GenerationRequest> next(Optional<String> loaded, Duration quiet) {
          return Optional.empty();
        }

        @Override
        public void drawn(GenerationRequest request, GenerationResult result) {}

        @Override
        public void failed(GenerationRequest request, Throwable why) {}
      };

  /** For so long nobody may have wanted anything. */
  Duration after();

  /**
   * What to draw; empty for nothing. Loading a model cannot be broken off, and may push out the one
   * that people use: another than the loaded one is worth it after a long quiet only.
   *
   * @param loaded the model that was drawn with last; empty before the first
   * @param quiet for how long nobody has wanted anything
   */
  Optional<GenerationRequest> next(Optional<String> loaded, Duration quiet);

  void drawn(GenerationRequest request, GenerationResult result);

  /** It could not be drawn; not called when it was broken off for a job. */
  void failed(GenerationRequest request, Throwable why);
}

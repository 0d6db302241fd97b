package dev.hyperbrush.tokenizer;

/**
 * A prompt as a text encoder reads it.
 *
 * @param ids {@link ClipTokenizer#LENGTH} of them: start, the prompt, end, padding
 * @param ignoredText the end of the prompt that did not fit, as it was written; empty when all did
 */
@SuppressWarnings("ArrayRecordComponent") // goes to a tensor; compared in tests only
public record TokenizedPrompt(int[] ids, String ignoredText) {
  public boolean truncated() {
    return !ignoredText.isEmpty();
  }
}

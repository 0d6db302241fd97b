package dev.hyperbrush.pipeline;

import java.net.URI;

/**
 * What somebody who downloads a file agrees to. Immutable.
 *
 * @param id what files name
 * @param name as its makers call it
 * @param url where its text is
 * @param nonCommercial whether it rules out making money with the pictures
 * @param summary one sentence, which is no advice on the law
 */
public record Licence(String id, String name, URI url, boolean nonCommercial, String summary) {}

/** CLIP's byte-level BPE. */
@NullMarked
package dev.hyperbrush.tokenizer;

import org.jspecify.annotations.NullMarked;

/** The local web page: Javalin types stay here. */
@NullMarked
package dev.hyperbrush.chat.web;

import org.jspecify.annotations.NullMarked;

/**
 * Texts that people and programs write, as values: JSON and YAML with the position of every node, and the check
 * against shapes that names the place, the nearest word and what to do.
 */
@NullMarked
package dev.esteira.document;

import org.jspecify.annotations.NullMarked;

/**
 * Which models there are, which versions they have, and which version each alias names. A version made by a pipeline
 * pins the whole tree of its model and transform; it is written in the transaction that commits its step.
 */
@NullMarked
package dev.esteira.registry;

import org.jspecify.annotations.NullMarked;

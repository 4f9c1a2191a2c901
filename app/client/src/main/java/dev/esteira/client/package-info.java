/** The Java client: wire records and calls, no server class. */
@NullMarked
package dev.esteira.client;

import org.jspecify.annotations.NullMarked;

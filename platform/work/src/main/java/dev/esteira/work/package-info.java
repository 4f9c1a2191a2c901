/** Durable background work: rows with leases, and timers. */
@NullMarked
package dev.esteira.work;

import org.jspecify.annotations.NullMarked;

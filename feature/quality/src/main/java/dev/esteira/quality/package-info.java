/** Checks, contracts, suggestions, quarantine and metric history. */
@NullMarked
package dev.esteira.quality;

import org.jspecify.annotations.NullMarked;

/** Pure statistics: metrics, intervals, tests and mergeable aggregates. */
@NullMarked
package dev.esteira.statistics;

import org.jspecify.annotations.NullMarked;

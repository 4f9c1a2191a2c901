/** Sources, dataset versions, profiles, transforms and splits. */
@NullMarked
package dev.esteira.dataset;

import org.jspecify.annotations.NullMarked;

/** What the tests of several modules share: real servers, temporary folders, clocks and ids driven by hand. */
@NullMarked
package dev.esteira.testing;

import org.jspecify.annotations.NullMarked;

/** Configuration keys with type, default and description, and the check that no key is unknown. */
@NullMarked
package dev.esteira.config;

import org.jspecify.annotations.NullMarked;

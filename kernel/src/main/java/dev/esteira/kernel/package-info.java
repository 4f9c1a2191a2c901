/**
 * Types that every other module speaks: values, digests, names, ids, error codes, pages, logical types. No input or
 * output happens here, and nothing here knows the time.
 */
@NullMarked
package dev.esteira.kernel;

import org.jspecify.annotations.NullMarked;

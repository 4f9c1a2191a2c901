/**
 * The process that learns and predicts with XGBoost's native library, apart from the server because native code can
 * crash and leaks. Started in a folder of its own with a job file; leaves its results as files there.
 */
@NullMarked
package dev.esteira.trainer;

import org.jspecify.annotations.NullMarked;

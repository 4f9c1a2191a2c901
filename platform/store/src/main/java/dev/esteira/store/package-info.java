/** Transactions, dialects, migrations, outbox and content-addressed blobs. */
@NullMarked
package dev.esteira.store;

import org.jspecify.annotations.NullMarked;

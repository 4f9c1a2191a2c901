/**
 * Where Esteira keeps things: databases with durable units of work on SQLite and PostgreSQL, their migrations, the
 * outbox, contents under their digest, and the data directory that one process holds. SQL text lives in classes named
 * after what they store; everything that differs between the databases lives in {@link dev.esteira.store.Dialect}.
 */
@NullMarked
package dev.esteira.store;

import org.jspecify.annotations.NullMarked;

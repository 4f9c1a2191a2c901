package dev.esteira.spi;

/**
 * The transaction in which the engine commits a step. Opaque: whoever owns tables in the same database knows how to use
 * it. Valid only during the call that hands it over.
 */
public interface Tx {}

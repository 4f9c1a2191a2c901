package dev.esteira.cli;

import dev.esteira.client.EsteiraClient;

/**
 * A client, and the server inside this process where there is one.
 *
 * @param embedded whether the server ends with this command
 * @param closing closes the server inside this process
 */
record Session(EsteiraClient client, boolean embedded, Runnable closing) implements AutoCloseable {

    @Override
    public void close() {
        client.close();
        closing.run();
    }
}

package dev.esteira.cli;

import java.nio.file.Path;
import java.util.Map;

/** What every command is given. */
record CommandContext(Terminal terminal, Map<String, String> environment) {

    CommandContext {
        environment = Map.copyOf(environment);
    }

    String environment(String name) {
        return environment.getOrDefault(name, "");
    }

    Path dataDirectory(String option) {
        if (!option.isEmpty()) {
            return Path.of(option);
        }
        var home = environment("ESTEIRA_HOME");
        return home.isEmpty() ? Path.of(System.getProperty("user.home"), ".esteira") : Path.of(home);
    }
}

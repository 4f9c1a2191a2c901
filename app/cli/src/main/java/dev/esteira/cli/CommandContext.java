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
        if (!home.isEmpty()) {
            return Path.of(home);
        }
        // The JVM takes the home of the user's account, whatever HOME says; other programs go by HOME.
        var user = environment("HOME");
        return Path.of(user.isEmpty() ? System.getProperty("user.home") : user, ".esteira");
    }
}

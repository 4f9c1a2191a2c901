package dev.esteira.spi;

import java.util.List;
import java.util.Map;

/**
 * How to start a child process. It runs in the attempt's folder in a process group of its own, with its output
 * captured, appends lines to the file {@code progress} there, and when it fails may leave a sentence for people in
 * {@code error.json}: {@code {"code": …, "message": …, "remedy": …}}. The server's environment is not passed on.
 *
 * @param command program and arguments
 * @param environment variables beyond PATH, HOME, LANG and TZ
 */
public record Launch(List<String> command, Map<String, String> environment) {

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}

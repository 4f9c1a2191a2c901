package dev.esteira.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs a command as the program does and keeps what it wrote. */
final class Output {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final Terminal terminal;
    int code = -1;

    Output(Screen screen) {
        terminal = new Terminal(out, err, screen);
    }

    static Output of(Map<String, String> environment, String... args) {
        var output = new Output(Screen.NONE);
        output.code = CommandLines.of(output.terminal, environment).execute(args);
        output.terminal.flush();
        return output;
    }

    String out() {
        terminal.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        terminal.flush();
        return err.toString(StandardCharsets.UTF_8);
    }
}

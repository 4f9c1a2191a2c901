package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import picocli.CommandLine;

@CommandLine.Command(name = "version", description = "Says which version this is.")
final class VersionCommand extends Command {

    @Override
    int run() {
        var version = Main.class.getPackage().getImplementationVersion();
        var fields = new LinkedHashMap<String, Value>();
        fields.put("version", Value.of(version == null ? "0.1.0-SNAPSHOT" : version));
        fields.put("java", Value.of(Runtime.version().toString()));
        fields.put("system", Value.of(System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        if (common.json) {
            print(Value.ofFields(fields));
        } else {
            terminal()
                    .out("Esteira " + RunText.value(fields.get("version")) + " on Java "
                            + RunText.value(fields.get("java")) + ", " + RunText.value(fields.get("system")));
        }
        return ExitCode.YES;
    }
}

package dev.esteira.spi;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How to start a JVM as a child process.
 *
 * @param java the program
 * @param classPath jars in their order; empty when the options say it
 * @param options for every such JVM, e.g. an AOT cache
 */
public record ChildJvm(Path java, List<Path> classPath, List<String> options) {

    public ChildJvm {
        classPath = List.copyOf(classPath);
        options = List.copyOf(options);
    }

    /**
     * The launch of a main class.
     *
     * @param maxHeapBytes the largest heap, in bytes
     */
    public Launch launch(String mainClass, List<String> arguments, long maxHeapBytes, Map<String, String> environment) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(options);
        command.add("-Xmx" + maxHeapBytes);
        if (!classPath.isEmpty()) {
            command.add("-cp");
            command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        }
        command.add(mainClass);
        command.addAll(arguments);
        return new Launch(command, environment);
    }
}

package dev.esteira.server;

import dev.esteira.spi.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the parts of the installed product lie, as the launcher says in {@code esteira.dist}. */
public final class Distribution {

    private static final List<String> CHILD_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Optional<Path> home;

    private Distribution(Optional<Path> home) {
        this.home = home;
    }

    /** The distribution that this process was started from, or the bare class path of a development tool. */
    public static Distribution current() {
        return new Distribution(
                Optional.ofNullable(System.getProperty("esteira.dist")).map(Path::of));
    }

    /** A file that comes with the product, e.g. an example; empty when it is not there. */
    public Optional<Path> file(String path) {
        return home.map(folder -> folder.resolve(path)).filter(Files::exists);
    }

    /** How to start a JVM with the classes of this server. */
    ChildJvm child() {
        return jvm(home.map(folder -> jars(folder.resolve("lib"))).orElseGet(Distribution::ownClassPath));
    }

    /** How to start a JVM that trains and scores. */
    ChildJvm trainer() {
        var jars = home.map(folder -> folder.resolve("trainer"))
                .filter(Files::isDirectory)
                .map(Distribution::jars);
        return jvm(jars.orElseGet(Distribution::ownClassPath));
    }

    private static ChildJvm jvm(List<Path> classPath) {
        return new ChildJvm(Path.of(System.getProperty("java.home"), "bin", "java"), classPath, CHILD_OPTIONS);
    }

    private static List<Path> jars(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The jars in " + folder + " cannot be listed", e);
        }
    }

    private static List<Path> ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}

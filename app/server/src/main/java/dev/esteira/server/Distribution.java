package dev.esteira.server;

import dev.esteira.spi.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the parts of the installed product lie, as the launcher says in {@code esteira.dist}. */
public final class Distribution {

    /** Set while the launcher records starts: children then record theirs too. */
    static final String RECORDING = "esteira.recording";

    /** A child that is killed leaves nothing outside of its working folder, as the libraries that it unpacked. */
    private static final String OWN_TEMPORARY_FILES = "-Djava.io.tmpdir=.";

    private static final List<String> CHILD_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            OWN_TEMPORARY_FILES,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Optional<Path> home;
    private final Path java;
    private final boolean recording;

    Distribution(Optional<Path> home, Path javaHome, boolean recording) {
        this.home = home;
        this.java = javaHome;
        this.recording = recording;
    }

    /** The distribution that this process was started from, or the bare class path of a development tool. */
    public static Distribution current() {
        return new Distribution(
                Optional.ofNullable(System.getProperty("esteira.dist")).map(Path::of),
                Path.of(System.getProperty("java.home")),
                Boolean.getBoolean(RECORDING));
    }

    /** A file that comes with the product, e.g. an example; empty when it is not there. */
    public Optional<Path> file(String path) {
        return home.map(folder -> folder.resolve(path)).filter(Files::exists);
    }

    /** How to start a JVM with the classes of this server. */
    ChildJvm child() {
        return jvm("java.args", "esteira.aot", false);
    }

    /** How to start a JVM that trains and scores. */
    ChildJvm trainer() {
        return jvm("trainer.args", "trainer.aot", recording);
    }

    /**
     * @param arguments the launcher's argument file: options and class path
     * @param cache the recorded start
     * @param record whether a start is recorded where there is none yet
     */
    private ChildJvm jvm(String arguments, String cache, boolean record) {
        var program = java.resolve("bin").resolve("java");
        var file = file(arguments);
        if (file.isEmpty()) {
            return new ChildJvm(program, ownClassPath(), CHILD_OPTIONS);
        }
        var options = new ArrayList<>(List.of("@" + file.get(), "-XX:TieredStopAtLevel=1", OWN_TEMPORARY_FILES));
        if (file(cache).isPresent() && ofSameJdk()) {
            options.add("-XX:AOTCache=" + file(cache).get());
        } else if (record) {
            options.add("-XX:AOTCacheOutput=" + file.get().resolveSibling(cache));
        }
        return new ChildJvm(program, List.of(), options);
    }

    /** A recorded start is of use to the JDK alone that recorded it. */
    private boolean ofSameJdk() {
        var release = java.resolve("release");
        try {
            return Files.exists(release)
                    && file("jdk").isPresent()
                    && Files.mismatch(file("jdk").get(), release) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException("The JDK's release file cannot be read: " + release, e);
        }
    }

    private static List<Path> ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}

package dev.esteira.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The folder of one attempt: the kind's own part {@code work}, the log, and what the shim reads and writes. Made when it
 * is first needed. Thread-safe.
 */
final class AttemptFolder {

    private final Path root;
    private final long logLimit;
    private long logged = -1;

    AttemptFolder(Path attempts, String attempt, long logLimit) {
        this.root = attempts.resolve(attempt);
        this.logLimit = logLimit;
    }

    Path root() {
        return root;
    }

    /** The kind's own folder, which exists after this. */
    Path work() throws IOException {
        return made(root.resolve("work"));
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** Writes a file of the engine's own, whole or not at all. */
    void keep(String name, byte[] content) throws IOException {
        made(root);
        var part = Files.write(root.resolve(name + ".part"), content);
        Files.move(part, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The lines that the child shows its progress in. */
    Path progress() {
        return root.resolve("work").resolve("progress");
    }

    Path log() {
        return root.resolve("log");
    }

    /** Adds a line to the log; once the limit is passed it says so and keeps no more. */
    synchronized void log(String line) throws IOException {
        if (logged < 0) {
            made(root);
            logged = Files.exists(log()) ? Files.size(log()) : 0;
        }
        if (logged > logLimit) {
            return;
        }
        var text = line + "\n";
        logged += text.length();
        if (logged > logLimit) {
            text += "(the rest of the log is not kept)\n";
        }
        Files.writeString(log(), text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The log when there is anything in it. */
    Optional<Path> writtenLog() throws IOException {
        return Files.exists(log()) && Files.size(log()) > 0 ? Optional.of(log()) : Optional.empty();
    }

    /** The attempts that have a folder. */
    static Set<String> all(Path attempts) throws IOException {
        try (var entries = Files.list(attempts)) {
            return entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    /** Removes the folder with everything in it; what is gone already is no error. */
    void remove() throws IOException {
        removeTree(root);
    }

    static void removeTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
                if (error instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw error;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, java.io.@org.jspecify.annotations.Nullable IOException error) throws IOException {
                if (error != null) {
                    throw error;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Path made(Path directory) throws IOException {
        return Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}

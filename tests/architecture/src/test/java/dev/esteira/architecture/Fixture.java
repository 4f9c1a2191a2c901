package dev.esteira.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** A small house in a temporary folder, written and compiled for one test. */
final class Fixture {

    private final Path root;
    private final Map<String, Map<String, String>> modules = new LinkedHashMap<>();

    Fixture(Path root) {
        this.root = root;
    }

    /** A module, in build order, with a null-marked package. */
    Fixture module(String folder) {
        var name = packageOf(folder);
        modules.put(folder, new LinkedHashMap<>());
        return file(
                folder,
                "package-info",
                "/** A package. */\n@org.jspecify.annotations.NullMarked\npackage " + name + ";\n");
    }

    /** A type in the module's package; the package line is added. */
    Fixture type(String folder, String name, String body) {
        return file(folder, name, "package " + packageOf(folder) + ";\n\n" + body + "\n");
    }

    /** A test source of the module; it is read, not compiled. */
    Fixture test(String folder, String name, String body) {
        write(
                root.resolve(folder)
                        .resolve("src/test/java")
                        .resolve(packageOf(folder).replace('.', '/'))
                        .resolve(name + ".java"),
                "package " + packageOf(folder) + ";\n\n" + body + "\n");
        return this;
    }

    /** A file of the module's package as it stands. */
    Fixture file(String folder, String name, String text) {
        modules.computeIfAbsent(folder, key -> new LinkedHashMap<>()).put(name, text);
        return this;
    }

    /** Writes and compiles everything. */
    House build() {
        var list = modules.keySet().stream()
                .map(folder -> "<module>" + folder + "</module>")
                .collect(Collectors.joining("\n"));
        write(root.resolve("pom.xml"), list);
        modules.forEach((folder, files) -> {
            write(root.resolve(folder).resolve("pom.xml"), "<project></project>");
            files.forEach((name, text) -> write(source(folder, name), text));
        });
        modules.keySet().forEach(this::compile);
        return House.at(root);
    }

    private void compile(String folder) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var output = root.resolve(folder).resolve("target/classes");
            Files.createDirectories(output);
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath());
            files.setLocationFromPaths(
                    StandardLocation.SOURCE_PATH,
                    modules.keySet().stream().map(this::sources).toList());
            var units = files.getJavaFileObjectsFromPaths(modules.getOrDefault(folder, Map.of()).keySet().stream()
                    .map(name -> source(folder, name))
                    .toList());
            // Types that other modules hold are found in their sources; only this module's may be written here.
            var options = List.of("-implicit:none", "-proc:none", "-nowarn");
            var done = compiler.getTask(null, files, null, options, null, units).call();
            assertThat(done).as("the fixture compiles").isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private Path sources(String folder) {
        return root.resolve(folder).resolve("src/main/java");
    }

    private Path source(String folder, String name) {
        return sources(folder).resolve(packageOf(folder).replace('.', '/')).resolve(name + ".java");
    }

    private static String packageOf(String folder) {
        return "dev.esteira." + folder.substring(folder.lastIndexOf('/') + 1).replace("-", "");
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

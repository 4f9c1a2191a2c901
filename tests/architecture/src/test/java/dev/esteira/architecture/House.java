package dev.esteira.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A checkout that was compiled: its modules in build order, their classes and their sources. */
final class House {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private final Path root;
    private final List<Module> modules;
    private final JavaClasses classes;
    private final List<Source> sources;

    private House(Path root, List<Module> modules) {
        this.root = root;
        this.modules = modules;
        this.classes = new ClassFileImporter()
                .importPaths(modules.stream()
                        .filter(Module::product)
                        .map(Module::classes)
                        .filter(Files::isDirectory)
                        .toList());
        this.sources = Source.parse(modules);
    }

    /** The house that lies in a folder: the modules that its pom.xml lists. */
    static House at(Path root) {
        var modules = MODULE.matcher(text(root.resolve("pom.xml")))
                .results()
                .map(found -> new Module(found.group(1), root.resolve(found.group(1))))
                .toList();
        return new House(root, modules);
    }

    Path root() {
        return root;
    }

    List<Module> modules() {
        return modules;
    }

    /** The compiled main classes of the product: every module but those below tests. */
    JavaClasses classes() {
        return classes;
    }

    /** Main and test sources of all modules. */
    List<Source> sources() {
        return sources;
    }

    /** Main sources of the product. */
    List<Source> mainSources() {
        return sources.stream()
                .filter(source -> source.main() && source.module().product())
                .toList();
    }

    /** The module whose build output holds a class; empty for classes of libraries. */
    Optional<Module> moduleOf(JavaClass type) {
        return type.getSource()
                .map(source -> source.getUri().toString())
                .flatMap(uri -> modules.stream()
                        .filter(module ->
                                uri.startsWith(module.classes().toUri().toString()))
                        .findFirst());
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> filesBelow(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One folder of the build, e.g. {@code feature/dataset}. */
    record Module(String folder, Path path) {

        Path classes() {
            return path.resolve("target/classes");
        }

        /** Kernel, spi, platform, feature, app, plugin or tests. */
        String group() {
            return folder.contains("/") ? folder.substring(0, folder.indexOf('/')) : folder;
        }

        boolean product() {
            return !group().equals("tests");
        }
    }
}

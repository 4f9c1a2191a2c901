package dev.esteira.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes a distribution's jars quick to start from. Native libraries are taken out of their jars into {@code native},
 * where the JVM loads them from: left in a jar they are unpacked at each start, 71 MB of them. XGBoost takes its own out
 * of its jar whatever is elsewhere, so that one stays there, but no longer compressed. Classes compiled for a Java before
 * 6 are brought to a later form, because an AOT cache holds no older ones.
 */
public final class PreparedJars {

    static final String NATIVE = "native";

    private static final int CACHED_FROM = ClassFile.JAVA_6_VERSION;
    private static final int MAJOR_VERSION_AT = 6;

    /** A native library for whatever platform, as its jar names it. */
    private static final Pattern LIBRARY =
            Pattern.compile("libduckdb_java\\.so_\\w+|org/sqlite/native/.+/.+/.+|lib/\\w+/\\w+/(lib)?xgboost4j\\.\\w+");

    private static final String KEPT = "lib/linux/";

    /** By architecture, the libraries of its jars: the name outside the jar, or the same name when it stays within. */
    private static final Map<String, Map<String, String>> OF_LINUX = Map.of(
            "amd64",
            Map.of(
                    "libduckdb_java.so_linux_amd64",
                    "libduckdb_java.so",
                    "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so",
                    "libsqlitejdbc.so",
                    KEPT + "x86_64/libxgboost4j.so",
                    KEPT + "x86_64/libxgboost4j.so"),
            "aarch64",
            Map.of(
                    "libduckdb_java.so_linux_arm64",
                    "libduckdb_java.so",
                    "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so",
                    "libsqlitejdbc.so",
                    KEPT + "aarch64/libxgboost4j.so",
                    KEPT + "aarch64/libxgboost4j.so"));

    private final Path natives;
    private final Map<String, String> libraries;
    private final ClassFile later;

    private PreparedJars(Path natives, Map<String, String> libraries, ClassLoader classes) {
        this.natives = natives;
        this.libraries = libraries;
        this.later = ClassFile.of(
                StackMapsOption.STACK_MAPS_WHEN_REQUIRED,
                ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
    }

    /** The launcher calls this once per build, with the distribution's folder. */
    public static void main(String[] arguments) throws IOException {
        prepare(Path.of(arguments[0]), System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /**
     * Prepares the jars in {@code lib} and {@code trainer} below a folder. A jar of which nothing is to be changed stays
     * as it is.
     *
     * @param system the JVM's name of the operating system; libraries stay in their jars where it is not Linux
     * @param architecture the JVM's name of it
     */
    static void prepare(Path folder, String system, String architecture) throws IOException {
        var libraries = system.equals("Linux")
                ? OF_LINUX.getOrDefault(architecture, Map.<String, String>of())
                : Map.<String, String>of();
        var natives = Files.createDirectories(folder.resolve(NATIVE));
        for (var part : List.of("lib", "trainer")) {
            var jars = new ArrayList<Path>();
            try (var files = Files.newDirectoryStream(folder.resolve(part), "*.jar")) {
                files.forEach(jars::add);
            }
            try (var classes = new URLClassLoader(urls(jars))) {
                var preparing = new PreparedJars(natives, libraries, classes);
                for (var jar : jars) {
                    preparing.prepare(jar);
                }
            }
        }
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        var urls = new URL[jars.size()];
        for (var index = 0; index < urls.length; index++) {
            urls[index] = jars.get(index).toUri().toURL();
        }
        return urls;
    }

    private void prepare(Path file) throws IOException {
        var rewritten = file.resolveSibling(file.getFileName() + ".new");
        try (var jar = new ZipFile(file.toFile())) {
            var entries = Collections.list(jar.entries());
            var holdsLibrary = entries.stream().map(ZipEntry::getName).anyMatch(libraries::containsKey);
            var old = oldClasses(jar, entries);
            if (!holdsLibrary && old.isEmpty()) {
                return;
            }
            try (var out = new ZipOutputStream(Files.newOutputStream(rewritten))) {
                for (var entry : entries) {
                    if (holdsLibrary && LIBRARY.matcher(entry.getName()).matches()) {
                        takeOut(jar, entry, out);
                    } else {
                        copy(jar, entry, old.contains(entry.getName()), out);
                    }
                }
            }
        }
        Files.move(rewritten, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Set<String> oldClasses(ZipFile jar, List<? extends ZipEntry> entries) throws IOException {
        var old = new HashSet<String>();
        for (var entry : entries) {
            if (entry.getName().endsWith(".class")) {
                try (var in = jar.getInputStream(entry)) {
                    var head = in.readNBytes(MAJOR_VERSION_AT + Short.BYTES);
                    if (ByteBuffer.wrap(head).getShort(MAJOR_VERSION_AT) < CACHED_FROM) {
                        old.add(entry.getName());
                    }
                }
            }
        }
        return old;
    }

    /** Libraries of other platforms go with it. */
    private void takeOut(ZipFile jar, ZipEntry entry, ZipOutputStream out) throws IOException {
        var name = libraries.get(entry.getName());
        if (name == null) {
            return;
        }
        try (var in = jar.getInputStream(entry)) {
            if (name.equals(entry.getName())) {
                store(entry, in, out);
            } else {
                Files.copy(in, natives.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Writes an entry that is read without being decompressed. */
    private static void store(ZipEntry entry, InputStream in, ZipOutputStream out) throws IOException {
        var stored = new ZipEntry(entry.getName());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.getSize());
        stored.setCrc(entry.getCrc());
        out.putNextEntry(stored);
        in.transferTo(out);
        out.closeEntry();
    }

    private void copy(ZipFile jar, ZipEntry entry, boolean old, ZipOutputStream out) throws IOException {
        out.putNextEntry(new ZipEntry(entry.getName()));
        try (var in = jar.getInputStream(entry)) {
            if (old) {
                write(in.readAllBytes(), out);
            } else {
                in.transferTo(out);
            }
        }
        out.closeEntry();
    }

    private void write(byte[] bytes, OutputStream out) throws IOException {
        // Taken apart and put together again, the code gets the stack maps that the later form asks for.
        var transform = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                .andThen((builder, element) -> {
                    if (element instanceof ClassFileVersion) {
                        builder.withVersion(ClassFile.JAVA_17_VERSION, 0);
                    } else {
                        builder.with(element);
                    }
                });
        out.write(later.transformClass(later.parse(bytes), transform));
    }
}

package dev.esteira.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedJarsTest {

    private static final String OTHER_LIBRARY = "libduckdb_java.so_macos_arm64";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        Files.createDirectories(folder.resolve("trainer"));
    }

    @Test
    void takesThePlatformsLibraryOutOfItsJar() throws IOException {
        var jar = jar("lib/engine.jar", engine());

        PreparedJars.prepare(folder, "Linux", "amd64");

        assertThat(folder.resolve("native/libduckdb_java.so")).hasContent("linux");
        try (var prepared = new ZipFile(jar.toFile())) {
            assertThat(prepared.stream().map(ZipEntry::getName)).containsExactly("readme.txt");
        }
    }

    @Test
    void keepsALibraryThatItsJarUnpacksItselfWithoutCompression() throws IOException {
        var library = "lib/linux/x86_64/libxgboost4j.so";
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put(library, text("linux ".repeat(1000)));
        entries.put("lib/windows/x86_64/xgboost4j.dll", text("windows"));
        entries.put("lib/macos/aarch64/libxgboost4j.dylib", text("macos"));
        entries.put("Trainer.txt", text("trainer"));
        var jar = jar("trainer/trainer.jar", entries);

        PreparedJars.prepare(folder, "Linux", "amd64");

        try (var prepared = new ZipFile(jar.toFile())) {
            assertThat(prepared.stream().map(ZipEntry::getName)).containsExactly(library, "Trainer.txt");
            assertThat(prepared.getEntry(library).getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(prepared.getInputStream(prepared.getEntry(library)))
                    .hasBinaryContent(text("linux ".repeat(1000)));
        }
        assertThat(folder.resolve("native")).isEmptyDirectory();
    }

    @Test
    void leavesLibrariesInTheirJarOnAnotherSystem() throws IOException {
        var jar = jar("lib/engine.jar", engine());
        var before = Files.readAllBytes(jar);

        PreparedJars.prepare(folder, "Mac OS X", "aarch64");

        assertThat(jar).hasBinaryContent(before);
        assertThat(folder.resolve("native")).isEmptyDirectory();
    }

    @Test
    void bringsOldClassesToALaterFormThatStillWorks() throws Exception {
        var jar = jar("trainer/old.jar", Map.of("Old.class", oldClass()));

        PreparedJars.prepare(folder, "Linux", "amd64");

        try (var classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
                var bytes = classes.getResourceAsStream("Old.class")) {
            assertThat(ClassFile.of().parse(bytes.readAllBytes()).majorVersion())
                    .isEqualTo(ClassFile.JAVA_17_VERSION);
            var larger = classes.loadClass("Old").getMethod("larger", int.class, int.class);
            assertThat(larger.invoke(null, 3, 8)).isEqualTo(8);
            assertThat(larger.invoke(null, 9, 8)).isEqualTo(9);
        }
    }

    /** Two branches, so that the later form needs a stack map, which the old one does not have. */
    private static byte[] oldClass() {
        return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(
                        ClassDesc.of("Old"),
                        type -> type.withVersion(ClassFile.JAVA_5_VERSION, 0)
                                .withFlags(ClassFile.ACC_PUBLIC)
                                .withMethodBody(
                                        "larger",
                                        MethodTypeDesc.of(
                                                ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.iload(0)
                                                .iload(1)
                                                .ifThenElse(
                                                        Opcode.IF_ICMPGT,
                                                        then -> then.iload(0).ireturn(),
                                                        other -> other.iload(1).ireturn())));
    }

    private static Map<String, byte[]> engine() {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("libduckdb_java.so_linux_amd64", text("linux"));
        entries.put(OTHER_LIBRARY, text("macos"));
        entries.put("readme.txt", text("read"));
        return entries;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path jar(String name, Map<String, byte[]> entries) throws IOException {
        var file = folder.resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return file;
    }
}

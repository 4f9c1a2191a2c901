package dev.esteira.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One Java file, parsed. */
record Source(
        House.Module module,
        Path file,
        boolean main,
        String text,
        List<String> imports,
        List<Method> methods,
        List<Literal> strings,
        List<Method> undocumented,
        List<Literal> uncopied,
        List<String> supertypes,
        List<Literal> suppressions) {

    /** A method or constructor with the lines from its first annotation to its closing brace. */
    record Method(String name, int line, int lines) {}

    /** A string in the code. */
    record Literal(String value, int line) {}

    /** Lines of the file. */
    int lines() {
        return (int) text.lines().count();
    }

    /** The name of the type the file is named after. */
    String typeName() {
        return file.getFileName().toString().replace(".java", "");
    }

    /** Where a violation lies, for a person. */
    String at(int line) {
        return module.folder() + ": " + file.getFileName() + ":" + line;
    }

    static List<Source> parse(List<House.Module> modules) {
        var owners = modules.stream()
                .flatMap(module -> House.filesBelow(module.path().resolve("src"), ".java").stream()
                        .map(file -> Map.entry(file, module)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (owners.isEmpty()) {
            return List.of();
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var units = files.getJavaFileObjectsFromPaths(owners.keySet());
            var task = (JavacTask) compiler.getTask(null, files, null, List.of(), null, units);
            var trees = DocTrees.instance(task);
            var parsed = new ArrayList<Source>();
            for (var unit : task.parse()) {
                parsed.add(read(unit, trees, owners::get));
            }
            return List.copyOf(parsed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source read(CompilationUnitTree unit, DocTrees trees, Function<Path, House.@Nullable Module> owners)
            throws IOException {
        JavaFileObject object = unit.getSourceFile();
        var file = Path.of(object.toUri());
        var module = owners.apply(file);
        if (module == null) {
            throw new IllegalArgumentException("A parsed file belongs to no module: " + file);
        }
        var scanner = new Scanner(unit, trees);
        scanner.scan(unit, null);
        var main = file.startsWith(module.path().resolve("src/main"));
        var text = object.getCharContent(true).toString();
        return new Source(
                module,
                file,
                main,
                text,
                scanner.imports,
                scanner.methods,
                scanner.strings,
                scanner.undocumented,
                scanner.uncopied,
                scanner.supertypes,
                scanner.suppressions);
    }

    private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final SourcePositions positions;
        private final List<String> imports = new ArrayList<>();
        private final List<Method> methods = new ArrayList<>();
        private final List<Literal> strings = new ArrayList<>();
        private final List<Method> undocumented = new ArrayList<>();
        private final List<Literal> uncopied = new ArrayList<>();
        private final List<String> supertypes = new ArrayList<>();
        private final List<Literal> suppressions = new ArrayList<>();

        Scanner(CompilationUnitTree unit, DocTrees trees) {
            this.unit = unit;
            this.trees = trees;
            this.positions = trees.getSourcePositions();
        }

        @Override
        public @Nullable Void visitImport(ImportTree tree, @Nullable Void none) {
            imports.add(tree.getQualifiedIdentifier().toString());
            return super.visitImport(tree, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
            if (isPublic(tree.getModifiers()) && trees.getDocComment(getCurrentPath()) == null) {
                undocumented.add(new Method(tree.getSimpleName().toString(), line(tree), 0));
            }
            if (tree.getExtendsClause() != null) {
                supertypes.add(tree.getExtendsClause().toString());
            }
            if (tree.getKind() == Tree.Kind.RECORD) {
                RecordCopies.missing(tree)
                        .forEach(name -> uncopied.add(new Literal(tree.getSimpleName() + "." + name, line(tree))));
            }
            return super.visitClass(tree, null);
        }

        @Override
        public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable Void none) {
            if (tree.getAnnotationType().toString().endsWith("SuppressWarnings")) {
                suppressions.add(new Literal(tree.getArguments().toString(), line(tree)));
            }
            return super.visitAnnotation(tree, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
            var first = line(tree);
            var end = positions.getEndPosition(unit, tree);
            if (first > 0 && end > 0) {
                var method = new Method(tree.getName().toString(), first, line(end) - first + 1);
                methods.add(method);
                if (isPromise(tree) && undocumentedHere()) {
                    undocumented.add(method);
                }
            }
            return super.visitMethod(tree, null);
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void none) {
            if (tree.getKind() == Tree.Kind.STRING_LITERAL) {
                strings.add(new Literal(tree.getValue().toString(), line(tree)));
            }
            return super.visitLiteral(tree, null);
        }

        /** Whether others call it and nothing else says what it does: a record's constructor is said by its components. */
        private boolean isPromise(MethodTree tree) {
            return inPublicType()
                    && isPublic(tree.getModifiers())
                    && !overrides(tree)
                    && !isConstructorOfRecord(tree)
                    && !tree.getName().contentEquals("main");
        }

        private boolean isConstructorOfRecord(MethodTree tree) {
            return tree.getName().contentEquals("<init>")
                    && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }

        private boolean undocumentedHere() {
            return trees.getDocComment(getCurrentPath()) == null;
        }

        private boolean inPublicType() {
            return getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                    && isPublic(type.getModifiers());
        }

        private static boolean isPublic(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.PUBLIC);
        }

        private static boolean overrides(MethodTree tree) {
            return tree.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
        }

        private int line(Tree tree) {
            return line(positions.getStartPosition(unit, tree));
        }

        private int line(long position) {
            return position < 0 ? 0 : (int) unit.getLineMap().getLineNumber(position);
        }
    }
}

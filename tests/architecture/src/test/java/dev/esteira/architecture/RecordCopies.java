package dev.esteira.architecture;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Looks whether a record takes copies of the collections that it is given. */
final class RecordCopies {

    private static final Pattern COLLECTION =
            Pattern.compile("(java\\.util\\.)?\\w*(List|Map|Set|Collection|Deque|Queue)<.*", Pattern.DOTALL);

    private RecordCopies() {}

    /** The components of a record that are collections and that its constructor keeps as they come. */
    static List<String> missing(ClassTree record) {
        var copied = new HashSet<String>();
        for (var member : record.getMembers()) {
            if (member instanceof MethodTree method && method.getName().contentEquals("<init>")) {
                method.accept(new Copies(), copied);
            }
        }
        return record.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .filter(field -> COLLECTION.matcher(field.getType().toString()).matches())
                .map(field -> field.getName().toString())
                .filter(name -> !copied.contains(name))
                .toList();
    }

    /** Notes each component that is assigned what a call or a constructor gives. */
    private static final class Copies extends TreeScanner<@Nullable Void, Set<String>> {

        @Override
        public @Nullable Void visitAssignment(AssignmentTree tree, Set<String> copied) {
            if (tree.getExpression() instanceof MethodInvocationTree || tree.getExpression() instanceof NewClassTree) {
                copied.add(tree.getVariable().toString().replace("this.", ""));
            }
            return super.visitAssignment(tree, copied);
        }
    }
}

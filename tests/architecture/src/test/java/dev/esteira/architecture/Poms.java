package dev.esteira.architecture;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the build files say. */
final class Poms {

    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

    private Poms() {}

    /** The artifact ids that a module declares, without those of tests. */
    static List<String> dependencies(Path pom) {
        return artifacts(pom, false);
    }

    /** The artifact ids that a module declares, those of tests too. */
    static List<String> allDependencies(Path pom) {
        return artifacts(pom, true);
    }

    private static List<String> artifacts(Path pom, boolean tests) {
        var text = COMMENT.matcher(House.text(pom)).replaceAll("");
        return DEPENDENCY
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(body -> tests || !body.contains("<scope>test</scope>"))
                .flatMap(body -> ARTIFACT.matcher(body).results().limit(1).map(found -> found.group(1)))
                .toList();
    }
}

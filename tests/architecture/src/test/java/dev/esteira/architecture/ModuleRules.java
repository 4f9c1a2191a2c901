package dev.esteira.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who may know whom. */
final class ModuleRules {

    /** The house: who stands later may use who stands earlier, as far as the groups allow. */
    static final List<String> ORDER = List.of(
            "kernel",
            "spi",
            "platform/document",
            "tests/testing",
            "platform/expression",
            "platform/config",
            "platform/matrix",
            "platform/statistics",
            "platform/store",
            "platform/http",
            "platform/work",
            "feature/access",
            "feature/tracking",
            "feature/dataset",
            "feature/transform",
            "feature/quality",
            "feature/registry",
            "feature/training",
            "feature/evaluation",
            "feature/pipeline-spec",
            "feature/pipeline",
            "app/trainer",
            "app/client",
            "app/server",
            "app/cli",
            "tests/architecture",
            "tests/end-to-end");

    /** What these modules may use of the house, where it is less than their group may. */
    private static final Map<String, Set<String>> NARROWER = Map.of(
            "feature/pipeline-spec", Set.of("kernel", "spi", "platform/document", "platform/expression"),
            "feature/pipeline",
                    Set.of(
                            "kernel",
                            "spi",
                            "platform/config",
                            "platform/document",
                            "platform/expression",
                            "platform/store",
                            "platform/http",
                            "platform/work",
                            "feature/access",
                            "feature/pipeline-spec"),
            "app/client", Set.of("kernel", "platform/document"),
            "app/trainer", Set.of("kernel", "spi", "platform/document", "platform/matrix", "platform/statistics"),
            "app/cli", Set.of("kernel", "platform/document", "app/client", "app/server"));

    /** Libraries that have one home, so that they can be replaced there. */
    private static final Map<String, Set<String>> HOMES = Map.ofEntries(
            Map.entry("org.sqlite", Set.of("platform/store")),
            Map.entry("org.postgresql", Set.of("platform/store")),
            Map.entry("org.flywaydb", Set.of("platform/store")),
            Map.entry("io.helidon", Set.of("platform/http", "app/server")),
            Map.entry("org.duckdb", Set.of("feature/dataset")),
            Map.entry("ml.dmlc", Set.of("app/trainer")),
            Map.entry("picocli", Set.of("app/cli")),
            Map.entry("dev.cel", Set.of("platform/expression")),
            Map.entry("com.google.protobuf", Set.of("platform/expression")),
            Map.entry("org.snakeyaml", Set.of("platform/document", "feature/training")),
            Map.entry("ch.qos.logback", Set.of("app/server")),
            Map.entry("org.apache.commons.statistics", Set.of("platform/statistics")),
            Map.entry("org.hipparchus", Set.of("platform/statistics")));

    /** All that a plugin, and so the spi, may need. */
    private static final List<String> SPI_LIBRARIES = List.of("java.", "org.jspecify.", "dev.esteira.kernel.");

    private static final Set<String> SPI_ARTIFACTS = Set.of("jspecify", "esteira-kernel");

    private ModuleRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule("modules stand in the order of the house", ModuleRules::places),
                new Rule("modules use only what comes before them in the house", ModuleRules::order),
                new Rule("packages have no cycles", ModuleRules::cycles),
                new Rule("the spi needs nothing but the JDK, JSpecify and the kernel", ModuleRules::thinSpi),
                new Rule("the kernel needs nothing but the JDK and JSpecify", ModuleRules::thinKernel),
                new Rule("a library with one home is used there only", ModuleRules::homes),
                new Rule("every module has one package tree of its own", ModuleRules::ownPackage));
    }

    private static List<String> places(House house) {
        var broken = new ArrayList<String>();
        var last = "";
        for (var module : house.modules()) {
            if (!ORDER.contains(module.folder())) {
                broken.add("The module " + module.folder() + " has no place in the house");
            } else if (ORDER.indexOf(module.folder()) < ORDER.indexOf(last)) {
                broken.add("The module " + module.folder() + " stands in pom.xml after " + last);
            }
            last = module.folder();
        }
        return broken;
    }

    private static List<String> order(House house) {
        var broken = new TreeSet<String>();
        for (var type : house.classes()) {
            var from = house.moduleOf(type).orElseThrow().folder();
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var to = house.moduleOf(dependency.getTargetClass().getBaseComponentType())
                        .map(House.Module::folder);
                if (to.isPresent() && !to.get().equals(from) && !mayUse(from, to.get())) {
                    broken.add(from + " uses " + to.get() + ": " + dependency.getDescription());
                }
            }
        }
        return List.copyOf(broken);
    }

    private static boolean mayUse(String from, String to) {
        var narrower = NARROWER.get(from);
        if (narrower != null) {
            return narrower.contains(to);
        }
        var groups = switch (group(from)) {
            case "kernel" -> Set.<String>of();
            case "spi" -> Set.of("kernel");
            case "plugin" -> Set.of("kernel", "spi");
            case "platform" -> Set.of("kernel", "spi", "platform");
            case "feature" -> Set.of("kernel", "spi", "platform", "feature");
            case "app" -> Set.of("kernel", "spi", "platform", "feature");
            default -> throw new IllegalArgumentException("A module in no known group: " + from);
        };
        return groups.contains(group(to)) && ORDER.indexOf(to) < ORDER.indexOf(from);
    }

    private static String group(String folder) {
        return folder.contains("/") ? folder.substring(0, folder.indexOf('/')) : folder;
    }

    private static List<String> cycles(House house) {
        var uses = new HashMap<String, Set<String>>();
        for (var type : house.classes()) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass().getBaseComponentType();
                if (house.moduleOf(target).isPresent()
                        && !target.getPackageName().equals(type.getPackageName())) {
                    uses.computeIfAbsent(type.getPackageName(), key -> new TreeSet<>())
                            .add(target.getPackageName());
                }
            }
        }
        return uses.keySet().stream()
                .sorted()
                .filter(start -> reaches(start, start, uses, new TreeSet<>()))
                .map(start -> "Package " + start + " is in a cycle; it uses " + uses.get(start))
                .toList();
    }

    private static boolean reaches(String from, String goal, Map<String, Set<String>> uses, Set<String> seen) {
        return uses.getOrDefault(from, Set.of()).stream()
                .anyMatch(next -> next.equals(goal) || (seen.add(next) && reaches(next, goal, uses, seen)));
    }

    private static List<String> thinSpi(House house) {
        var broken = new ArrayList<>(onlyThese(house, "spi", SPI_LIBRARIES));
        var pom = house.root().resolve("spi/pom.xml");
        var artifacts = Poms.dependencies(pom);
        artifacts.stream()
                .filter(artifact -> !SPI_ARTIFACTS.contains(artifact))
                .forEach(artifact -> broken.add("spi/pom.xml depends on " + artifact));
        return broken;
    }

    private static List<String> thinKernel(House house) {
        return onlyThese(house, "kernel", List.of("java.", "org.jspecify."));
    }

    private static List<String> onlyThese(House house, String folder, List<String> allowed) {
        return house.classes().stream()
                .filter(type -> in(house, type, folder))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> !in(house, use.getTargetClass().getBaseComponentType(), folder))
                .filter(use -> !use.getTargetClass().getBaseComponentType().isPrimitive())
                .filter(use -> allowed.stream()
                        .noneMatch(use.getTargetClass().getBaseComponentType().getName()::startsWith))
                .map(use -> use.getDescription())
                .sorted()
                .toList();
    }

    private static boolean in(House house, JavaClass type, String folder) {
        return house.moduleOf(type).map(House.Module::folder).equals(Optional.of(folder));
    }

    private static List<String> homes(House house) {
        var broken = new TreeSet<String>();
        for (var type : house.classes()) {
            var folder = house.moduleOf(type).orElseThrow().folder();
            for (var use : type.getDirectDependenciesFromSelf()) {
                var target = use.getTargetClass().getBaseComponentType().getName();
                HOMES.forEach((library, home) -> {
                    if (target.startsWith(library + ".") && !home.contains(folder)) {
                        broken.add(
                                folder + " uses " + library + ", which lives in " + home + ": " + use.getDescription());
                    }
                });
            }
        }
        return List.copyOf(broken);
    }

    private static List<String> ownPackage(House house) {
        var homes = house.classes().stream()
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        Collectors.mapping(
                                type -> house.moduleOf(type).orElseThrow().folder(),
                                Collectors.toCollection(TreeSet::new))));
        var broken = new ArrayList<String>();
        homes.forEach((name, folders) -> {
            if (folders.size() > 1) {
                broken.add("Package " + name + " lies in several modules: " + folders);
            }
            if (folders.stream().noneMatch(folder -> belongs(name, folder))) {
                broken.add("Package " + name + " is not named after its module " + folders);
            }
        });
        broken.sort(null);
        return broken;
    }

    private static boolean belongs(String packageName, String folder) {
        var noun = folder.substring(folder.lastIndexOf('/') + 1).replace("-", "");
        return packageName.equals("dev.esteira." + noun) || packageName.startsWith("dev.esteira." + noun + ".");
    }
}

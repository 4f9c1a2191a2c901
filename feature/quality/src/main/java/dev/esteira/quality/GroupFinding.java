package dev.esteira.quality;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a check found in one group of rows.
 *
 * @param name the columns with their values, e.g. {@code origin = EWR}
 */
record GroupFinding(String name, Finding finding) {

    /** How many groups a sentence names. */
    private static final int NAMED = 3;

    private static final Comparator<GroupFinding> LOWEST_FIRST =
            Comparator.comparingDouble(group -> group.finding.value().orElse(Double.POSITIVE_INFINITY));

    /** What a check found that has more groups than it allows. */
    static Finding tooMany(CheckSpec check) {
        var most = Figures.counted(check.maxGroups(), "group");
        return Finding.undecided("more than " + most, "at most " + most + " of " + by(check));
    }

    private static String by(CheckSpec check) {
        return String.join(" and ", check.groupBy());
    }

    /**
     * What the findings of all groups mean together: every group must pass. The figure is the least of theirs.
     *
     * @param groups one at least
     */
    static Finding together(CheckSpec check, List<GroupFinding> groups) {
        var verdict = Stream.of(Verdict.FAIL, Verdict.UNDECIDED, Verdict.SKIPPED)
                .filter(worst -> !with(worst, groups).isEmpty())
                .findFirst()
                .orElse(Verdict.PASS);
        var named = with(verdict, groups).stream().sorted(LOWEST_FIRST).toList();
        return new Finding(
                verdict,
                verdict == Verdict.PASS ? passing(groups) : named(named, groups.size()),
                groups.getFirst().finding.expected() + ", for each " + by(check),
                lowest(groups),
                groups.stream().mapToLong(group -> group.finding.checked()).sum(),
                groups.stream().mapToLong(group -> group.finding.failing()).sum(),
                named.getFirst().finding.examples());
    }

    private static List<GroupFinding> with(Verdict verdict, List<GroupFinding> groups) {
        return groups.stream()
                .filter(group -> group.finding.verdict() == verdict)
                .toList();
    }

    private static OptionalDouble lowest(List<GroupFinding> groups) {
        return groups.stream()
                .flatMapToDouble(group -> group.finding.value().stream())
                .min();
    }

    private static String named(List<GroupFinding> groups, int all) {
        var more = groups.size() - NAMED;
        return groups.size() + " of " + Figures.counted(all, "group") + ": "
                + groups.stream()
                        .limit(NAMED)
                        .map(group -> group.name + " (" + group.finding.observed() + ")")
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String passing(List<GroupFinding> groups) {
        var low = groups.stream().min(LOWEST_FIRST).orElseThrow();
        var high = groups.stream().max(LOWEST_FIRST).orElseThrow();
        var checked =
                groups.stream().mapToLong(group -> group.finding.checked()).sum();
        var failing =
                groups.stream().mapToLong(group -> group.finding.failing()).sum();
        var count = Figures.counted(groups.size(), "group");
        if (failing > 0) {
            return Figures.count(failing) + " of " + Figures.count(checked) + " in " + count + ", at worst " + low.name
                    + ": " + low.finding.observed();
        }
        if (checked > 0) {
            return "all of " + Figures.count(checked) + " in " + count;
        }
        return count + " from " + low.finding.observed() + " (" + low.name + ") to " + high.finding.observed() + " ("
                + high.name + ")";
    }
}

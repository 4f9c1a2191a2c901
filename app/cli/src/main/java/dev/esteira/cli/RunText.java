package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words and figures of runs for people. */
final class RunText {

    private static final Pattern DIGEST = Pattern.compile("(sha256:)?[0-9a-f]{64}");

    private RunText() {}

    static String mark(String state, Terminal terminal) {
        return switch (state) {
            case "SUCCEEDED" -> terminal.styled(Style.GREEN, "✓");
            case "FAILED", "UPSTREAM_FAILED" -> terminal.styled(Style.RED, "✗");
            case "CANCELLED", "SKIPPED" -> terminal.styled(Style.YELLOW, "-");
            case "RUNNING" -> terminal.styled(Style.BLUE, "▸");
            default -> " ";
        };
    }

    static String word(String state, boolean cached) {
        return switch (state) {
            case "SUCCEEDED" -> cached ? "cached" : "done";
            case "UPSTREAM_FAILED" -> "not run";
            default -> state.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** Progress on one line: {@code round 57/400 · logloss 0.495}. */
    static String progress(Value.Fields body) {
        var fields = body.field("progress").flatMap(Value::asFields).orElse(body);
        var parts = new ArrayList<String>();
        var total = fields.whole("total").map(all -> "/" + all).orElse("");
        fields.whole("round").ifPresent(round -> parts.add("round " + round + total));
        fields.whole("rows").ifPresent(rows -> parts.add(grouped(rows) + " rows"));
        for (var entry : fields.entries().entrySet()) {
            if (!List.of("round", "rows", "total").contains(entry.getKey())) {
                entry.getValue().asNumber().ifPresent(number -> parts.add(entry.getKey() + " " + figure(number)));
                entry.getValue().asText().ifPresent(text -> parts.add(entry.getKey() + " " + text));
            }
        }
        return String.join(" · ", parts);
    }

    /** What differs between two keys: {@code trainer.rounds 400 -> 30}, {@code sql/flights.sql}, {@code seed 1 -> 2}. */
    static String difference(Value.Fields difference) {
        var component = difference.text("component").orElse("");
        var place = difference
                .text("place")
                .orElse("")
                .replaceFirst("^/((fields|params)/)?", "")
                .replace('/', '.');
        var named = component.equals("params") ? place : (component + " " + place).strip();
        var what = difference.text("file").orElse(named);
        var from = difference.text("from").orElse("(nothing)");
        var to = difference.text("to").orElse("(nothing)");
        // Two digests tell people nothing.
        return DIGEST.matcher(from).matches() || DIGEST.matcher(to).matches() ? what : what + " " + from + " -> " + to;
    }

    /** 327346 as {@code 327 346}. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /** Four significant decimals, fewer where they are zeros. */
    static String figure(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return grouped((long) number);
        }
        var text = Math.abs(number) >= 1e-4
                ? String.format(Locale.ROOT, "%.4f", number)
                : String.format(Locale.ROOT, "%.3e", number);
        return text;
    }

    /** A value as people read it. */
    static String value(Value value) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case Value.Whole(var whole) -> grouped(whole);
            case Value.Real(var real) -> figure(real);
            case Value.Flag(var flag) -> flag ? "yes" : "no";
            case Value.Nothing nothing -> "-";
            case Value.Sequence(var items) ->
                String.join(", ", items.stream().map(RunText::value).toList());
            case Value.Fields fields ->
                String.join(
                        ", ",
                        fields.entries().entrySet().stream()
                                .map(entry -> entry.getKey() + " " + value(entry.getValue()))
                                .toList());
        };
    }
}

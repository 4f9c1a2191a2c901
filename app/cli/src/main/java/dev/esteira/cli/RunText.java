package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words and figures of runs for people. */
final class RunText {

    private static final Pattern DIGEST = Pattern.compile("(sha256:)?[0-9a-f]{64}");
    private static final int DIGITS = 6;

    private RunText() {}

    static String mark(String state) {
        return switch (state) {
            case "SUCCEEDED" -> "✓";
            case "FAILED", "UPSTREAM_FAILED" -> "✗";
            case "CANCELLED", "SKIPPED" -> "-";
            case "RUNNING" -> "▸";
            default -> " ";
        };
    }

    static Style style(String state) {
        return switch (state) {
            case "SUCCEEDED" -> Style.GREEN;
            case "FAILED", "UPSTREAM_FAILED" -> Style.RED;
            case "CANCELLED", "SKIPPED" -> Style.YELLOW;
            default -> Style.BLUE;
        };
    }

    static String word(String state, boolean cached) {
        return switch (state) {
            case "SUCCEEDED" -> cached ? "cached" : "done";
            case "UPSTREAM_FAILED" -> "not run";
            case "WAITING_CACHE" -> "waiting";
            case "RETRY_WAIT" -> "retrying";
            case "AWAITING_INPUT" -> "on hold";
            default -> state.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** A check that fails and is no error warns: the run goes on. */
    static String verdict(Value.Fields check) {
        var verdict = check.text("verdict").orElse("").toUpperCase(Locale.ROOT);
        return verdict.equals("FAIL") && !check.text("severity").orElse("").equals("error") ? "WARN" : verdict;
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

    /** A whole number in groups; else four decimals, or an exponent where these would show nothing. */
    static String figure(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return grouped((long) number);
        }
        var text = Math.abs(number) >= 1e-4
                ? String.format(Locale.ROOT, "%.4f", number)
                : String.format(Locale.ROOT, "%.3e", number);
        return text;
    }

    /** How long something took: {@code 8.51 s}, {@code 1 min 49 s}, {@code 2 h 3 min}. */
    static String time(Duration took) {
        if (took.toMillis() < 59_995) {
            return String.format(Locale.ROOT, "%.2f s", took.toMillis() / 1000.0);
        }
        var seconds = Math.round(took.toMillis() / 1000.0);
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : grouped(seconds / 3600) + " h " + seconds % 3600 / 60 + " min";
    }

    /** The same of a duration in ISO 8601; empty when the text is none. */
    static String time(String iso) {
        try {
            return time(Duration.parse(iso));
        } catch (DateTimeParseException e) {
            return "";
        }
    }

    /** A time in RFC 3339 as {@code 2026-11-25 17:28:53}, in UTC. */
    static String instant(String text) {
        return text.length() < 19 ? text : text.substring(0, 19).replace('T', ' ');
    }

    /** The same without seconds, for lists. */
    static String minute(String text) {
        return text.length() < 16 ? text : text.substring(0, 16).replace('T', ' ');
    }

    /** A number of things: {@code 1 row}, {@code 2 rows}. */
    static String count(long number, String one) {
        return grouped(number) + " " + one + (number == 1 ? "" : "s");
    }

    /** A digest, short enough for a table and long enough to be one of its kind. */
    static String digest(String digest) {
        var hex = digest.substring(digest.indexOf(':') + 1);
        return hex.substring(0, Math.min(12, hex.length()));
    }

    /** A value out of data: six digits that count, and no groups in numbers as short as a year. */
    static String datum(Value value) {
        return switch (value) {
            case Value.Whole(var whole) -> Math.abs(whole) < 10_000 ? Long.toString(whole) : grouped(whole);
            case Value.Real(var real)
            when Math.abs(real) < 1e15 && (real == 0 || Math.abs(real) >= 1e-4) ->
                BigDecimal.valueOf(real)
                        .round(new MathContext(DIGITS))
                        .stripTrailingZeros()
                        .toPlainString();
            default -> value(value);
        };
    }

    /** A difference, with its sign. */
    static String signed(double difference) {
        var text = figure(difference);
        return difference > 0 ? "+" + text : text;
    }

    /** A size: {@code 512 B}, {@code 5.3 MiB}. */
    static String bytes(long size) {
        if (size < 1024) {
            return size + " B";
        }
        var value = size / 1024.0;
        for (var unit : List.of("KiB", "MiB", "GiB")) {
            if (value < 1024) {
                return String.format(Locale.ROOT, "%.1f %s", value, unit);
            }
            value /= 1024;
        }
        return String.format(Locale.ROOT, "%.1f TiB", value);
    }

    /** A reason's word in words: {@code gateFailed} is "gate failed", {@code cancelledBy:x} "cancelled by x". */
    static String reason(String word) {
        return word.replaceAll("([a-z])([A-Z])", "$1 $2").replaceFirst(":", " ").toLowerCase(Locale.ROOT);
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

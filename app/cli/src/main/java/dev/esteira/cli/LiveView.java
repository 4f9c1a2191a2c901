package dev.esteira.cli;

import dev.esteira.kernel.Ticker;
import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Shows how far a run is: one line a step, drawn over on a terminal, a line a change elsewhere. */
final class LiveView {

    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "SKIPPED", "UPSTREAM_FAILED", "CANCELLED");
    private static final long REDRAW_NANOS = 80_000_000L;

    private final Terminal terminal;
    private final Ticker ticker;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private int drawn;
    private long lastDraw;

    private static final class Line {
        String state = "PENDING";
        String detail = "";
        boolean cached;
        long since;
        long took = -1;
    }

    LiveView(Terminal terminal, Ticker ticker) {
        this.terminal = terminal;
        this.ticker = ticker;
    }

    synchronized void start(Value.Fields run) {
        terminal.say(terminal.styled(Style.BOLD, run.text("pipeline").orElse("pipeline")) + "  run "
                + run.text("id").orElse(""));
        for (var item : run.items("steps")) {
            item.asFields()
                    .flatMap(step -> step.text("name").or(() -> step.text("step")))
                    .ifPresent(name -> lines.put(name, new Line()));
        }
    }

    synchronized void show(Value.Fields event) {
        var name = event.text("step").orElse("");
        if (name.isEmpty()) {
            return;
        }
        var line = lines.computeIfAbsent(name, ignored -> new Line());
        var body = event.field("body").flatMap(Value::asFields).orElse(event);
        var type = event.text("type").orElse("");
        if (type.equals("progress")) {
            line.detail = RunText.progress(body);
        } else if (type.equals("step")) {
            changed(name, line, body);
        }
        if (terminal.ansi() && ticker.nanos() - lastDraw > REDRAW_NANOS) {
            redraw();
        }
    }

    private void changed(String name, Line line, Value.Fields body) {
        line.state = body.text("state").orElse(line.state);
        line.cached = body.flag("cached").orElse(line.cached);
        if (line.state.equals("RUNNING")) {
            line.since = ticker.nanos();
            line.took = -1;
        }
        if (ENDS.contains(line.state)) {
            line.took = line.since == 0 ? 0 : ticker.nanos() - line.since;
        }
        if (!terminal.ansi() && (ENDS.contains(line.state) || line.state.equals("RUNNING"))) {
            terminal.say(text(name, line));
        }
    }

    private String text(String name, Line line) {
        var seconds = line.took >= 0 ? line.took : line.since == 0 ? 0 : ticker.nanos() - line.since;
        var time = line.cached || line.since == 0 ? "" : String.format(Locale.ROOT, "%.1f s", seconds / 1e9);
        var word = RunText.word(line.state, line.cached);
        return "  %s %-16s %-9s %8s  %s"
                .formatted(RunText.mark(line.state, terminal), name, word, time, line.detail)
                .stripTrailing();
    }

    private void redraw() {
        lastDraw = ticker.nanos();
        var text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        lines.forEach((name, line) ->
                text.append("\r\u001b[K").append(text(name, line)).append('\n'));
        drawn = lines.size();
        terminal.draw(text.toString());
    }

    synchronized void end() {
        if (terminal.ansi() && !lines.isEmpty()) {
            redraw();
        }
    }
}

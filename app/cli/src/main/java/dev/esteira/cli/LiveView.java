package dev.esteira.cli;

import dev.esteira.kernel.Ticker;
import dev.esteira.kernel.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shows how far a run is: one line a step, drawn over on a terminal, a line a change elsewhere. */
final class LiveView {

    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "SKIPPED", "UPSTREAM_FAILED", "CANCELLED");
    private static final long REDRAW_NANOS = 80_000_000L;
    private static final long TICK_MS = 200;
    private static final int MARGIN = 4;

    private final Terminal terminal;
    private final Ticker ticker;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private int names;
    private boolean drawing;
    private Optional<Thread> clock = Optional.empty();
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
        terminal.say(terminal.styledBeside(Style.BOLD, run.text("pipeline").orElse("pipeline")) + "  run "
                + run.text("id").orElse(""));
        for (var item : run.items("steps")) {
            item.asFields()
                    .flatMap(step -> step.text("name").or(() -> step.text("step")))
                    .ifPresent(name -> lines.put(name, new Line()));
        }
        names = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        drawing = terminal.screen().err() && lines.size() < terminal.screen().height();
        if (drawing) {
            clock = Optional.of(Thread.ofVirtual().name("live-view").start(this::ticks));
        }
    }

    /** Times go on where nothing else happens. */
    private void ticks() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(TICK_MS);
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void tick() {
        if (drawing && ticker.nanos() - lastDraw > REDRAW_NANOS) {
            redraw();
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
        if (drawing && ticker.nanos() - lastDraw > REDRAW_NANOS) {
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
        if (!drawing && (ENDS.contains(line.state) || line.state.equals("RUNNING"))) {
            terminal.say(text(name, line));
        }
    }

    private String text(String name, Line line) {
        var nanos = line.took >= 0 ? line.took : line.since == 0 ? 0 : ticker.nanos() - line.since;
        var begun = !drawing && line.took < 0;
        var time = begun || line.cached || line.since == 0 ? "" : RunText.time(Duration.ofNanos(nanos));
        var word = RunText.word(line.state, line.cached);
        var pad = " ".repeat(Math.max(0, names - name.length()));
        var text = "%s%s  %-9s %11s  %s"
                .formatted(name, pad, word, time, line.detail)
                .stripTrailing();
        var room = terminal.screen().width() - MARGIN;
        return "  " + mark(line.state) + " " + (text.length() > room ? text.substring(0, room - 1) + "…" : text);
    }

    private String mark(String state) {
        return terminal.styledBeside(RunText.style(state), RunText.mark(state));
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
        clock.ifPresent(Thread::interrupt);
        if (drawing && !lines.isEmpty()) {
            redraw();
        }
        drawing = false;
    }
}

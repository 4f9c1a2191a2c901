package dev.esteira.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveViewTest {

    private static final String RUN = """
            {"id": "r1", "pipeline": "flight-delay", "steps": [{"name": "flights"}, {"name": "train"}]}""";

    private final AtomicLong now = new AtomicLong(1);

    private String shown(boolean ansi) {
        var output = new Output(ansi ? new Screen(true, true, 60, 24) : Screen.NONE);
        var view = new LiveView(output.terminal, now::get);
        view.start(Json.parseFields(RUN));
        event(view, "step", "flights", "{\"state\": \"SUCCEEDED\", \"cached\": true}");
        event(view, "step", "train", "{\"state\": \"RUNNING\"}");
        now.addAndGet(1_500_000_000L);
        event(view, "progress", "train", "{\"round\": 57, \"total\": 400, \"logloss\": 0.4951234}");
        event(view, "step", "train", "{\"state\": \"FAILED\"}");
        event(view, "run", "", "{\"state\": \"FAILED\"}");
        view.end();
        assertThat(output.out()).isEmpty();
        return output.err();
    }

    private static void event(LiveView view, String type, String step, String body) {
        view.show(Json.parseFields("{\"type\": \"" + type + "\", \"step\": \"" + step + "\", \"body\": " + body + "}"));
    }

    @Test
    void writesALineForEachChangeWhereNothingIsDrawnOver() {
        assertThat(shown(false)).isEqualTo("""
                        flight-delay  run r1
                          ✓ flights  cached
                          ▸ train    running
                          ✗ train    failed         1.50 s  round 57/400 · logloss 0.4951
                        """);
    }

    @Test
    void drawsOverItsLinesOnATerminal() {
        var text = shown(true);
        assertThat(text).contains("\u001b[2A").contains("\u001b[K");
        var last = text.substring(text.lastIndexOf("\u001b[2A")).replaceAll("\u001b\\[[0-9;]*[A-Zm]|\r", "");
        assertThat(last).isEqualTo("""
                          ✓ flights  cached
                          ✗ train    failed         1.50 s  round 57/400 · logloss …
                        """);
    }

    @Test
    void aRunLongerThanTheScreenIsNotDrawnOver() {
        var output = new Output(new Screen(true, true, 60, 2));
        var view = new LiveView(output.terminal, now::get);
        view.start(Json.parseFields(RUN));
        event(view, "step", "train", "{\"state\": \"RUNNING\"}");
        view.end();
        assertThat(output.err()).contains("train").doesNotContain("\u001b[2A", "\u001b[K");
    }
}

package dev.esteira.cli;

import dev.esteira.kernel.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

@CommandLine.Command(name = "doctor", description = "Checks the place where Esteira runs, and says what to do.")
final class DoctorCommand extends Command {

    @Override
    int run() {
        var data = context().dataDirectory(common.data);
        var findings = new Doctor(data, context().environment()).examine();
        if (common.json) {
            var items = findings.stream().<Value>map(Doctor.Finding::value).toList();
            print(Value.ofFields(Map.of("items", new Value.Sequence(items))));
        } else {
            show(findings);
        }
        var failed = findings.stream().anyMatch(finding -> finding.grade() == Doctor.Grade.FAIL);
        return failed ? ExitCode.ENVIRONMENT : ExitCode.YES;
    }

    private void show(List<Doctor.Finding> findings) {
        for (var finding : findings) {
            var style = switch (finding.grade()) {
                case OK -> Style.GREEN;
                case WARN -> Style.YELLOW;
                case FAIL -> Style.RED;
            };
            var word = String.format(Locale.ROOT, "%-4s", finding.grade().name().toLowerCase(Locale.ROOT));
            terminal().out(terminal().styled(style, word) + "  " + finding.name() + ": " + finding.observed());
            if (!finding.remedy().isEmpty()) {
                terminal().out("      " + finding.remedy());
            }
        }
    }
}

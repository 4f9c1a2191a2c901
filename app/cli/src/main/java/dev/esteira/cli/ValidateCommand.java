package dev.esteira.cli;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(name = "validate", description = "Checks a pipeline file and everything that it names.")
final class ValidateCommand extends Command {

    @Mixin
    SubmitOptions submit = new SubmitOptions();

    @Override
    int run() throws Exception {
        var file = PipelineFile.read(submit.file);
        try (var session = reading()) {
            var answer = session.client().validate(file.bundle(session.client(), submit.params, submit.options()));
            var problems = answer.items("problems");
            if (common.json) {
                print(answer);
            } else if (problems.isEmpty()) {
                terminal().out(submit.file + " is valid.");
            } else {
                PipelineFile.show(problems, terminal());
            }
            return problems.isEmpty() ? ExitCode.YES : ExitCode.MALFORMED;
        }
    }
}

package dev.esteira.cli;

import dev.esteira.kernel.EsteiraException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(name = "run", description = "Runs a pipeline and follows it.")
final class RunCommand extends Command {

    @Mixin
    SubmitOptions submit = new SubmitOptions();

    @Option(names = "--detach", description = "Return at once; needs a running server.")
    boolean detach;

    @Override
    int run() throws Exception {
        var file = PipelineFile.read(submit.file);
        try (var session = working()) {
            if (detach && session.embedded()) {
                throw new EsteiraException(
                        CliErrorCode.DETACH_WITHOUT_SERVER,
                        "There is no server that would go on with the run when this command ends.",
                        "Start one with 'esteira server', or leave --detach out.");
            }
            var submission = file.bundle(session.client(), submit.params, submit.options());
            var run = session.client().submit(submission);
            var id = run.text("id").orElse("");
            if (detach) {
                if (common.json) {
                    print(run);
                } else {
                    terminal().out(id);
                }
                return ExitCode.YES;
            }
            return new Following(this, session).follow(id, 0);
        }
    }
}

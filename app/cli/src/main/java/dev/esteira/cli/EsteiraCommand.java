package dev.esteira.cli;

import picocli.CommandLine;

/** The program itself. */
@CommandLine.Command(
        name = "esteira",
        description = "Trains machine-learning models and keeps them good.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "  0:Yes: it succeeded, holds, is the same.",
            "  1:No: data, a check, a gate or a run said no.",
            "  2:A file or an argument is malformed.",
            "  3:The environment: not reachable, disk, lock, port, JDK.",
            "130:Interrupted."
        },
        subcommands = {
            DemoCommand.class,
            ServerCommand.class,
            RunCommand.class,
            ValidateCommand.class,
            PlanCommand.class,
            RunsCommand.class,
            ShowCommand.class,
            LogsCommand.class,
            CancelCommand.class,
            ResumeCommand.class,
            ExplainCommand.class,
            WhyWaitingCommand.class,
            DataCommand.class,
            ModelCommand.class,
            DoctorCommand.class,
            VersionCommand.class,
            CompletionCommand.class
        })
final class EsteiraCommand extends Command {

    @Override
    int run() {
        throw malformed("A command is missing.", "See 'esteira --help'.");
    }
}

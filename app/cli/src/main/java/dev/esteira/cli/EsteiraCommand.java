package dev.esteira.cli;

import picocli.AutoComplete;
import picocli.CommandLine;

/** The program itself. */
@CommandLine.Command(
        name = "esteira",
        description = "Trains machine-learning models and keeps them good.",
        synopsisSubcommandLabel = "COMMAND",
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
            DataCommand.class,
            ModelCommand.class,
            DoctorCommand.class,
            VersionCommand.class,
            AutoComplete.GenerateCompletion.class
        })
final class EsteiraCommand extends Command {

    @Override
    int run() {
        throw malformed("A command is missing.", "See 'esteira --help'.");
    }
}

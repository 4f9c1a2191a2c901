package dev.esteira.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {

    @Option(names = "--server", paramLabel = "URL", description = "The server to speak to (ESTEIRA_URL).")
    String server = "";

    @Option(names = "--workspace", paramLabel = "NAME", description = "The workspace (ESTEIRA_WORKSPACE).")
    String workspace = "";

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory (ESTEIRA_HOME, else ~/.esteira).")
    String data = "";

    @Option(names = "--json", description = "One JSON document on stdout, everything else on stderr.")
    boolean json;

    @Option(names = "--quiet", description = "Say only what was asked for.")
    boolean quiet;

    @Option(names = "--no-color", description = "No colours and no redrawing.")
    boolean noColor;

    @Option(names = "--debug", description = "Show stack traces.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}

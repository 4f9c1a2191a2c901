package dev.esteira.cli;

import dev.esteira.kernel.Value;
import dev.esteira.server.EsteiraServer;
import dev.esteira.server.ServerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(name = "server", description = "Runs the server until it is told to end.")
final class ServerCommand extends Command {

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address of loopback to listen on.")
    String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on, from now on (first: 5000).")
    int port = -1;

    @Option(names = "--database", paramLabel = "URL", description = "A PostgreSQL database in place of files.")
    String database = "";

    @Override
    int run() throws InterruptedException {
        if (port > 65_535 || port < -1) {
            throw malformed("The port " + port + " does not exist.", "Choose one from 1 to 65535, or 0 for any.");
        }
        var settings = new ServerSettings(
                context().dataDirectory(common.data),
                host,
                port < 0 ? OptionalInt.empty() : OptionalInt.of(port),
                Optional.of(database).filter(url -> !url.isEmpty()),
                ServerSettings.Manner.STANDALONE);
        var server = new EsteiraServer(settings);
        server.start();
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            terminal().flush();
            ended.countDown();
            // Told to end and ended well; the signal's own number would read as a failure.
            Runtime.getRuntime().halt(ExitCode.YES);
        }));
        ready(server.address(), settings.data());
        // Ends with the process: the hook above closes everything first.
        ended.await();
        return ExitCode.YES;
    }

    private void ready(URI address, Path data) {
        if (common.json) {
            print(Value.Fields.EMPTY
                    .with("state", Value.of("READY"))
                    .with("address", Value.of(address.toString()))
                    .with("data", Value.of(data.toString())));
        } else {
            terminal().out("Esteira is ready at " + address + " (data in " + data + ")");
        }
    }
}

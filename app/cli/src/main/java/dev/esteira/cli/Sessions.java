package dev.esteira.cli;

import dev.esteira.client.EsteiraClient;
import dev.esteira.client.ServerAddress;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.UlidSource;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.server.RunningServer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Finds the server that a command speaks to: the named one, else the one on the data directory, else one of its own. */
final class Sessions {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int PORT_MAX = 65_535;

    private Sessions() {}

    static Session open(CommandContext context, CommonOptions options, boolean works) {
        var workspace = workspace(context, options);
        var named = options.server.isEmpty() ? context.environment("ESTEIRA_URL") : options.server;
        if (!named.isEmpty()) {
            return session(new ServerAddress(uri(named), Optional.empty(), workspace, Duration.ZERO), false, () -> {});
        }
        var data = context.dataDirectory(options.data);
        var running = RunningServer.on(data);
        if (running.isPresent()) {
            var at = running.get();
            return session(new ServerAddress(at.address(), at.token(), workspace, PATIENCE), false, () -> {});
        }
        var own = EmbeddedServer.start(data, works);
        return session(new ServerAddress(own.address(), own.token(), workspace, PATIENCE), true, own::close);
    }

    private static Session session(ServerAddress address, boolean embedded, Runnable closing) {
        ProcessEnd.socketsAreOpen();
        var ids = new UlidSource(InstantSource.system(), new SecureRandom());
        return new Session(new EsteiraClient(address, System::nanoTime, ids), embedded, closing);
    }

    private static WorkspaceName workspace(CommandContext context, CommonOptions options) {
        var name = options.workspace.isEmpty() ? context.environment("ESTEIRA_WORKSPACE") : options.workspace;
        return name.isEmpty() ? WorkspaceName.DEFAULT : new WorkspaceName(name);
    }

    private static EsteiraException noAddress(String text) {
        return Command.malformed(
                "'" + text + "' is not the address of a server.", "Write it like http://127.0.0.1:5000.");
    }

    private static URI uri(String text) {
        var plain = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!plain.matches("https?://[^/?#]+")) {
            throw noAddress(text);
        }
        try {
            var uri = URI.create(plain);
            if (uri.getHost() != null && uri.getPort() <= PORT_MAX) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(text);
        }
        throw noAddress(text);
    }
}

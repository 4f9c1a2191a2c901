package dev.esteira.server;

import dev.esteira.access.LocalOwnerGuard;
import dev.esteira.access.LoopbackOnly;
import dev.esteira.access.TokenGuard;
import dev.esteira.config.Configuration;
import dev.esteira.http.Guard;
import dev.esteira.http.HttpErrorCode;
import dev.esteira.http.HttpServer;
import dev.esteira.http.HttpServices;
import dev.esteira.http.HttpSettings;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.UlidSource;
import dev.esteira.store.DataDirectory;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole server. It holds its data directory from {@link #start} to {@link #close}, and closes in the reverse order of
 * opening: first the port, so that nobody asks any more; then the engine, whose children go on; then the databases, which
 * finish what waits; the data directory last.
 */
public final class EsteiraServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EsteiraServer.class);

    private final ServerSettings settings;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Closing closing = new Closing();
    private Optional<URI> address = Optional.empty();
    private Optional<String> token = Optional.empty();

    /** Does nothing yet. */
    public EsteiraServer(ServerSettings settings) {
        this.settings = settings;
        this.clock = InstantSource.system();
    }

    /**
     * Starts everything; when a part fails, those before it are closed again.
     *
     * @throws EsteiraException NOT_LOOPBACK, DATA_DIRECTORY_IN_USE, PORT_IN_USE and what databases and files may say
     */
    public synchronized void start() {
        try {
            open();
        } catch (RuntimeException e) {
            closing.closeAll();
            throw e;
        }
    }

    private void open() {
        LoopbackOnly.require(settings.host());
        var data = new DataDirectory(settings.data());
        data.hold(clock.instant());
        closing.add("the data directory", data);
        ServerLogs.writeTo(data.logs());
        if (settings.manner().embedded()) {
            ServerLogs.errorsOnTerminal();
        }
        closing.add("the log file", ServerLogs::close);
        var configuration = Configuration.read(ServerKeys.all(), Map.of(), System.getenv(), data.configuration());
        var secret = data.token(random);
        token = Optional.of(secret);
        var ids = new UlidSource(clock, random);
        var features = new Features(settings, configuration, data, clock, ids);
        features.start(closing);
        var guard = settings.manner().embedded() ? new TokenGuard(secret) : new LocalOwnerGuard();
        var http = listen(data, configuration, features, guard, ids);
        var uri = URI.create("http://" + hostInUri(settings.host()) + ":" + http.port());
        address = Optional.of(uri);
        data.announce(uri);
        LOG.info("Esteira listens on {} for {}", uri, data.root());
    }

    private HttpServer listen(
            DataDirectory data, Configuration configuration, Features features, Guard guard, UlidSource ids) {
        var fixed = settings.port().isPresent() ? settings.port() : data.port();
        var services = new HttpServices(features.routes(), guard, features.errorSurfaces(), features.readiness());
        HttpServer http;
        try {
            http = tryPort(fixed, configuration, services, ids);
        } catch (EsteiraException e) {
            // What only reads has no children that must find it again, so any port will do.
            if (e.code() == HttpErrorCode.PORT_IN_USE && settings.manner() == ServerSettings.Manner.EMBEDDED) {
                throw new EsteiraException(
                        e.code(),
                        e.explanation(),
                        "Stop it, or give the data directory another port: 'esteira server --port PORT', which you may"
                                + " end again.",
                        e);
            }
            if (e.code() != HttpErrorCode.PORT_IN_USE || settings.manner() != ServerSettings.Manner.EMBEDDED_READER) {
                throw e;
            }
            return opened(tryPort(OptionalInt.of(0), configuration, services, ids));
        }
        if (fixed.isEmpty() || !fixed.equals(data.port())) {
            data.fixPort(http.port());
        }
        return opened(http);
    }

    private HttpServer tryPort(OptionalInt fixed, Configuration configuration, HttpServices services, UlidSource ids) {
        var port = fixed.orElse(settings.manner().embedded() ? 0 : ServerSettings.DEFAULT_PORT);
        var http = new HttpServer(
                new HttpSettings(
                        settings.host(),
                        port,
                        configuration.value(ServerKeys.HOSTS),
                        configuration.value(ServerKeys.ORIGINS),
                        HttpSettings.Limits.DEFAULT),
                services,
                ids,
                System::nanoTime);
        http.start();
        return http;
    }

    private HttpServer opened(HttpServer http) {
        closing.add("the port", http::stop);
        return http;
    }

    private static String hostInUri(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /**
     * Where the server listens.
     *
     * @throws IllegalStateException when it is not started
     */
    public synchronized URI address() {
        return address.orElseThrow(() -> new IllegalStateException("The server is not started"));
    }

    /** The token that an embedded server asks for. */
    public synchronized Optional<String> token() {
        return token;
    }

    /** Drains and closes everything; no error when it is closed already. */
    @Override
    public synchronized void close() {
        address = Optional.empty();
        closing.closeAll();
    }
}

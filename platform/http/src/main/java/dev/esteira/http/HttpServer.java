package dev.esteira.http;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.IdSource;
import dev.esteira.kernel.Ticker;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: routes of all features behind one check of host, origin, access and limits. Whoever starts it stops
 * it. {@code /health/live}, {@code /health/ready} and {@code /openapi.json} are its own routes.
 */
public final class HttpServer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final HttpSettings settings;
    private final Exchange exchange;
    private @Nullable WebServer server;

    /**
     * Checks the routes and builds the table; listens to nothing yet.
     *
     * @throws EsteiraException UNDECLARED_ROUTE, AMBIGUOUS_ROUTE
     */
    public HttpServer(HttpSettings settings, HttpServices services, IdSource ids, Ticker ticker) {
        this.settings = settings;
        var capacity = new Capacity(settings.limits());
        var all = new ArrayList<>(services.routes());
        all.add(new HealthResource(services.readiness(), capacity::stopping).routes());
        all.add(OpenApi.routes(all));
        this.exchange = new Exchange(
                new Router(all),
                new SiteCheck(settings.hosts(), settings.origins()),
                services.guard(),
                services.surfaces(),
                capacity,
                new RequestReader(ids),
                ticker);
    }

    /**
     * Listens.
     *
     * @throws EsteiraException PORT_IN_USE, HOST_NOT_BOUND
     */
    public synchronized void start() {
        var limits = settings.limits();
        var http1 = Http1Config.builder()
                .maxHeadersSize(limits.headerBytes())
                .maxPrologueLength(limits.headerBytes())
                .validatePath(false)
                .continueImmediately(false)
                .build();
        var built = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addProtocol(http1)
                .maxTcpConnections(limits.connections())
                .idleConnectionTimeout(limits.idle())
                .shutdownGracePeriod(limits.drain())
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .routing(routing -> routing.any(exchange))
                .build();
        try {
            built.start();
        } catch (RuntimeException e) {
            throw notListening(e);
        }
        if (!built.isRunning()) {
            throw notListening(new IllegalStateException("The web server did not start"));
        }
        server = built;
    }

    /** The web server says only that it failed; another try at the same address says why. */
    private RuntimeException notListening(RuntimeException thrown) {
        var where = settings.host() + ":" + settings.port();
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(settings.host(), settings.port()));
            return thrown;
        } catch (BindException e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                return new EsteiraException(
                        HttpErrorCode.PORT_IN_USE,
                        "Another program already listens on " + where + ".",
                        "Stop it, or choose another port with --port.",
                        thrown);
            }
            return notBound(where, e, thrown);
        } catch (IOException | RuntimeException e) {
            return notBound(where, e, thrown);
        }
    }

    private static EsteiraException notBound(String where, Exception why, RuntimeException thrown) {
        return new EsteiraException(
                HttpErrorCode.HOST_NOT_BOUND,
                "Cannot listen on " + where + ": " + why.getMessage() + ".",
                "Choose another address with --host, or a port above 1023.",
                thrown);
    }

    /**
     * The port that it listens on.
     *
     * @throws IllegalStateException when it is not started
     */
    public synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("The server is not started");
        }
        return server.port();
    }

    /**
     * Refuses new requests, lets those under way end within the drain limit, ends event streams, and closes the port. No
     * error when it is not started.
     */
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        if (!exchange.capacity().drain()) {
            LOG.warn(
                    "Some requests were still under way after {}",
                    settings.limits().drain());
        }
        server.stop();
        server = null;
    }

    /** The routes that this server would describe, for the generated reference. */
    public static List<String> addresses(List<Routes> routes) {
        return routes.stream()
                .flatMap(feature -> feature.routes().stream())
                .map(route -> route.method() + " " + route.path())
                .toList();
    }
}

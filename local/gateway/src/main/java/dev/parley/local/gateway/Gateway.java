package dev.parley.local.gateway;

import dev.parley.local.gateway.event.EventIds;
import dev.parley.local.gateway.function.Functions;
import dev.parley.local.gateway.http.GatewayResponse;
import dev.parley.local.gateway.http.HttpReply;
import dev.parley.local.gateway.letter.Letters;
import dev.parley.local.gateway.mail.MailPage;
import dev.parley.local.gateway.queue.QueueMappings;
import dev.parley.local.gateway.rest.RestApi;
import dev.parley.local.gateway.socket.Handshake;
import dev.parley.local.gateway.socket.SocketApi;
import dev.parley.local.gateway.stream.StreamMappings;
import dev.parley.local.gateway.template.Template;
import dev.parley.local.gateway.web.WebApp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** The local stand-in for API Gateway: one public port for browsers, one on loopback for functions. */
public final class Gateway implements AutoCloseable {
    private static final int HEADER_BYTES = 10_240;
    private static final int SELECTING_THREADS = 12;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final Server publicServer;
    private final Server internalServer;
    private final Functions functions;
    private final Optional<SocketApi> sockets;
    private final Schedules schedules;
    private final Optional<StreamMappings> streams;
    private final Optional<QueueMappings> queues;
    private final ScheduledExecutorService sweeper;
    private final GatewayAddresses addresses;

    private Gateway(
            Server publicServer,
            Server internalServer,
            Functions functions,
            Optional<SocketApi> sockets,
            Schedules schedules,
            Optional<StreamMappings> streams,
            Optional<QueueMappings> queues,
            ScheduledExecutorService sweeper,
            GatewayAddresses addresses) {
        this.publicServer = publicServer;
        this.internalServer = internalServer;
        this.functions = functions;
        this.sockets = sockets;
        this.schedules = schedules;
        this.streams = streams;
        this.queues = queues;
        this.sweeper = sweeper;
        this.addresses = addresses;
    }

    /**
     * Binds the ports, loads every function of the template, then serves. A request that comes in between waits.
     *
     * @throws GatewayException when a port is taken or a server does not start
     * @throws dev.parley.local.gateway.template.TemplateException when the template cannot be used
     * @throws dev.parley.local.gateway.function.FunctionException when a function cannot be loaded
     */
    public static Gateway start(GatewayOptions options) {
        Server publicServer = bound(options.host(), options.port());
        Server internalServer = bound("127.0.0.1", options.internalPort());
        var addresses = new GatewayAddresses(port(publicServer), port(internalServer), options.socketPath());
        Functions functions = null;
        try {
            Template template =
                    Template.read(options.template(), options.parameters().apply(addresses));
            functions =
                    Functions.load(template.functions().values(), options.settingsFolder(), options.runtimeVariables());
            return serve(options, template, functions, publicServer, internalServer, addresses);
        } catch (RuntimeException e) {
            if (functions != null) {
                functions.close();
            }
            stop(publicServer);
            stop(internalServer);
            throw e;
        }
    }

    private static Gateway serve(
            GatewayOptions options,
            Template template,
            Functions functions,
            Server publicServer,
            Server internalServer,
            GatewayAddresses addresses) {
        var random = new SecureRandom();
        var ids = new EventIds(random);
        Optional<RestApi> rest = template.rest()
                .map(spec -> new RestApi(
                        spec, functions, ids, options.clock(), System::nanoTime, options.integrationTimeout()));
        Optional<SocketApi> sockets = template.socket()
                .map(spec -> new SocketApi(
                        spec,
                        functions,
                        ids,
                        options.clock(),
                        System::nanoTime,
                        options.socketLimits(),
                        options.chaos(),
                        random,
                        options.ordered()));
        ServerWebSocketContainer container = ServerWebSocketContainer.ensure(publicServer);
        publicServer.setHandler(new PublicSide(
                rest,
                sockets.map(api -> new Handshake(api, container)),
                options.webApp().map(WebApp::new),
                options.mailFolder().map(MailPage::new),
                options.socketPath(),
                options.bodyLimitBytes()));
        Optional<StreamMappings> streams =
                options.streams().map(source -> StreamMappings.start(functions, source, options.clock()));
        Optional<QueueMappings> queues;
        try {
            queues = options.queues().map(source -> QueueMappings.start(template, functions, source));
        } catch (RuntimeException e) {
            streams.ifPresent(StreamMappings::close);
            throw e;
        }
        internalServer.setHandler(new InternalSide(
                functions,
                sockets,
                Stream.<Optional<? extends Letters>>of(streams, queues)
                        .<Letters>flatMap(Optional::stream)
                        .toList()));
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("socket-sweeper").daemon().factory());
        long everyMillis = options.socketLimits().sweep().toMillis();
        sockets.ifPresent(
                api -> sweeper.scheduleWithFixedDelay(api::sweep, everyMillis, everyMillis, TimeUnit.MILLISECONDS));
        try {
            internalServer.start();
            publicServer.start();
        } catch (Exception e) {
            sweeper.shutdownNow();
            streams.ifPresent(StreamMappings::close);
            queues.ifPresent(QueueMappings::close);
            throw new GatewayException("The gateway does not start: " + e.getMessage(), e);
        }
        Schedules schedules = Schedules.start(functions, ids, options.clock());
        return new Gateway(
                publicServer, internalServer, functions, sockets, schedules, streams, queues, sweeper, addresses);
    }

    /** Where it listens. */
    public GatewayAddresses addresses() {
        return addresses;
    }

    /** The functions it serves. */
    public Functions functions() {
        return functions;
    }

    /** Hands over nothing more, closes every socket with 1012, stops serving and unloads the functions. */
    @Override
    public void close() {
        schedules.close();
        queues.ifPresent(QueueMappings::stop);
        streams.ifPresent(StreamMappings::close);
        queues.ifPresent(QueueMappings::close);
        sweeper.shutdownNow();
        sockets.ifPresent(api -> api.closeAll(STOP_LIMIT));
        stop(publicServer);
        stop(internalServer);
        functions.close();
    }

    private static Server bound(String host, int port) {
        // Each request waits on a virtual thread of its own, for functions limit themselves. Who selects what has come
        // in waits for none of them.
        var pool = new QueuedThreadPool(SELECTING_THREADS);
        pool.setName("gateway");
        pool.setDaemon(true);
        pool.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("gateway-", 0).factory()));
        var server = new Server(pool);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(512);
        server.addConnector(connector);
        server.setStopTimeout(0); // what is under way at a stop is cut, after sockets were told
        server.setErrorHandler((request, response, callback) -> {
            HttpReply reply = HttpReply.of(GatewayResponse.INTERNAL);
            boolean clientsFault = response.getStatus() >= 400 && response.getStatus() < 500;
            byte[] body =
                    clientsFault ? GatewayResponse.BAD_REQUEST.body().getBytes(StandardCharsets.UTF_8) : reply.body();
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            // What could not be read as HTTP ends the connection: a client that is not told would send the next request
            // into it.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            response.write(true, ByteBuffer.wrap(body), callback);
            return true;
        });
        try {
            connector.open();
        } catch (IOException e) {
            throw new GatewayException("Port " + port + " of " + host + " cannot be opened: " + e.getMessage(), e);
        }
        return server;
    }

    private static int port(Server server) {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    private static void stop(Server server) {
        try {
            server.stop();
            for (var connector : server.getConnectors()) {
                ((ServerConnector) connector).close();
            }
        } catch (Exception e) {
            throw new GatewayException("The gateway does not stop: " + e.getMessage(), e);
        }
    }
}

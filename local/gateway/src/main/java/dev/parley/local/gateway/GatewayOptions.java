package dev.parley.local.gateway;

import dev.parley.local.gateway.socket.Chaos;
import dev.parley.local.gateway.socket.SocketLimits;
import dev.parley.local.gateway.stream.StreamSource;
import dev.parley.local.gateway.web.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a gateway runs. Built by {@link #over}, changed by the methods named like the values.
 *
 * @param template the SAM template
 * @param settingsFolder one folder for each function's settings is made in it
 * @param parameters the template's parameter values, once the ports are known
 * @param runtimeVariables what Lambda's runtime adds to every function's variables: region, credentials
 * @param host the public side's address; {@code 127.0.0.1} by default
 * @param port the public side's TCP port; 0 takes a free one
 * @param internalPort of {@code @connections} and {@code /health}, on loopback alone; 0 takes a free one
 * @param socketPath where the WebSocket API is reached
 * @param webApp the built web app and what stands beside it, when there is one
 * @param integrationTimeout how long a function may take: 29 s on AWS
 * @param bodyLimitBytes of a request: 10 MB on AWS
 * @param socketLimits of the WebSocket
 * @param ordered messages of one connection are handled one after another
 * @param chaos what goes wrong on purpose
 * @param streams the store whose streams are handed to functions; without one they are not
 * @param mailFolder where mail is left in place of being sent, to be read at {@code /local/mail}
 * @param clock wall clock of events, idle times and lifetimes
 */
public record GatewayOptions(
        Path template,
        Path settingsFolder,
        Function<GatewayAddresses, Map<String, String>> parameters,
        Map<String, String> runtimeVariables,
        String host,
        int port,
        int internalPort,
        String socketPath,
        Optional<Site> webApp,
        Duration integrationTimeout,
        int bodyLimitBytes,
        SocketLimits socketLimits,
        boolean ordered,
        Chaos chaos,
        Optional<StreamSource> streams,
        Optional<Path> mailFolder,
        InstantSource clock) {
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    /** AWS's limits on free ports of this machine, without a web app. */
    public static GatewayOptions over(Path template, Path settingsFolder) {
        return new GatewayOptions(
                template,
                settingsFolder,
                addresses -> Map.of(),
                Map.of(),
                "127.0.0.1",
                0,
                0,
                "/ws/signaling",
                Optional.empty(),
                Duration.ofSeconds(29),
                TEN_MEGABYTES,
                SocketLimits.AWS,
                false,
                Chaos.NONE,
                Optional.empty(),
                Optional.empty(),
                InstantSource.system());
    }

    public GatewayOptions parameters(Function<GatewayAddresses, Map<String, String>> values) {
        return new GatewayOptions(
                template,
                settingsFolder,
                values,
                runtimeVariables,
                host,
                port,
                internalPort,
                socketPath,
                webApp,
                integrationTimeout,
                bodyLimitBytes,
                socketLimits,
                ordered,
                chaos,
                streams,
                mailFolder,
                clock);
    }

    public GatewayOptions runtimeVariables(Map<String, String> values) {
        return new GatewayOptions(
                template,
                settingsFolder,
                parameters,
                Map.copyOf(values),
                host,
                port,
                internalPort,
                socketPath,
                webApp,
                integrationTimeout,
                bodyLimitBytes,
                socketLimits,
                ordered,
                chaos,
                streams,
                mailFolder,
                clock);
    }

    public GatewayOptions listen(String address, int publicPort, int loopbackPort) {
        return new GatewayOptions(
                template,
                settingsFolder,
                parameters,
                runtimeVariables,
                address,
                publicPort,
                loopbackPort,
                socketPath,
                webApp,
                integrationTimeout,
                bodyLimitBytes,
                socketLimits,
                ordered,
                chaos,
                streams,
                mailFolder,
                clock);
    }

    /** The built web app, without pictures. */
    public GatewayOptions webApp(Path folder) {
        return webApp(new Site(folder, folder.resolve("no-objects"), Optional.empty()));
    }

    /** The built web app, and what its pages read beside it. */
    public GatewayOptions webApp(Site site) {
        return new GatewayOptions(
                template,
                settingsFolder,
                parameters,
                runtimeVariables,
                host,
                port,
                internalPort,
                socketPath,
                Optional.of(site),
                integrationTimeout,
                bodyLimitBytes,
                socketLimits,
                ordered,
                chaos,
                streams,
                mailFolder,
                clock);
    }

    public GatewayOptions limits(Duration integration, int bodyBytes, SocketLimits sockets) {
        return new GatewayOptions(
                template,
                settingsFolder,
                parameters,
                runtimeVariables,
                host,
                port,
                internalPort,
                socketPath,
                webApp,
                integration,
                bodyBytes,
                sockets,
                ordered,
                chaos,
                streams,
                mailFolder,
                clock);
    }

    public GatewayOptions ordered(boolean inOrder) {
        return new GatewayOptions(
                template,
                settingsFolder,
                parameters,
                runtimeVariables,
                host,
                port,
                internalPort,
                socketPath,
                webApp,
                integrationTimeout,
                bodyLimitBytes,
                socketLimits,
                inOrder,
                chaos,
                streams,
                mailFolder,
                clock);
    }

    public GatewayOptions chaos(Chaos wanted) {
        return new GatewayOptions(
                template,
                settingsFolder,
                parameters,
                runtimeVariables,
                host,
                port,
                internalPort,
                socketPath,
                webApp,
                integrationTimeout,
                bodyLimitBytes,
                socketLimits,
                ordered,
                wanted,
                streams,
                mailFolder,
                clock);
    }

    public GatewayOptions streams(StreamSource source) {
        return new GatewayOptions(
                template,
                settingsFolder,
                parameters,
                runtimeVariables,
                host,
                port,
                internalPort,
                socketPath,
                webApp,
                integrationTimeout,
                bodyLimitBytes,
                socketLimits,
                ordered,
                chaos,
                Optional.of(source),
                mailFolder,
                clock);
    }

    public GatewayOptions mailFolder(Path folder) {
        return new GatewayOptions(
                template,
                settingsFolder,
                parameters,
                runtimeVariables,
                host,
                port,
                internalPort,
                socketPath,
                webApp,
                integrationTimeout,
                bodyLimitBytes,
                socketLimits,
                ordered,
                chaos,
                streams,
                Optional.of(folder),
                clock);
    }

    public GatewayOptions clock(InstantSource source) {
        return new GatewayOptions(
                template,
                settingsFolder,
                parameters,
                runtimeVariables,
                host,
                port,
                internalPort,
                socketPath,
                webApp,
                integrationTimeout,
                bodyLimitBytes,
                socketLimits,
                ordered,
                chaos,
                streams,
                mailFolder,
                source);
    }
}

package dev.parley.local.gateway;

import java.net.URI;

/**
 * Where a gateway listens.
 *
 * @param port of the public side
 * @param internalPort of the loopback side
 * @param socketPath of the WebSocket API on the public side
 */
public record GatewayAddresses(int port, int internalPort, String socketPath) {
    /** What a browser opens. */
    public URI url() {
        return URI.create("http://localhost:" + port);
    }

    /** The WebSocket API for browsers. */
    public URI socketUrl() {
        return URI.create("ws://localhost:" + port + socketPath);
    }

    /** The endpoint of {@code @connections} for the AWS SDK. */
    public URI connectionsEndpoint(String stage) {
        return URI.create("http://127.0.0.1:" + internalPort + "/" + stage);
    }

    /** Health of the gateway. */
    public URI health() {
        return URI.create("http://127.0.0.1:" + internalPort + "/health");
    }
}

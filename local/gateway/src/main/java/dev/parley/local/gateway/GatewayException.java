package dev.parley.local.gateway;

/** The gateway cannot start or stop; the message says why. */
public final class GatewayException extends RuntimeException {
    public GatewayException(String message, Throwable cause) {
        super(message, cause);
    }
}

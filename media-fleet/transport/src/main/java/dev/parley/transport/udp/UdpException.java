package dev.parley.transport.udp;

import java.io.IOException;

/** A UDP port, or the TCP port beside it, could not be opened. */
public final class UdpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What failed, at which address, and why. */
    public UdpException(String message, IOException cause) {
        super(message, cause);
    }
}

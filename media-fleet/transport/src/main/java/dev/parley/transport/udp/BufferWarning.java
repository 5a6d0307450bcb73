package dev.parley.transport.udp;

import java.util.Optional;

/** What is said when the kernel gives a socket less buffer than was asked for. */
final class BufferWarning {
    private BufferWarning() {}

    /**
     * The words; empty when there is enough.
     *
     * @param option the socket's, such as {@code SO_RCVBUF}
     * @param limit the kernel setting that is in the way
     */
    static Optional<String> of(String option, int gotBytes, int wantedBytes, String limit) {
        return gotBytes >= wantedBytes
                ? Optional.empty()
                : Optional.of(option + " is " + gotBytes + " bytes, " + wantedBytes
                        + " were asked for: packets of bursts may be lost. As root: sysctl -w " + limit + "="
                        + wantedBytes);
    }
}

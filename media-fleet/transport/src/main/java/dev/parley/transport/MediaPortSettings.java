package dev.parley.transport;

import java.time.Duration;

/**
 * The limits of one port. Every queue is bounded. Datagrams that do not fit are dropped, as a network drops them; messages of our
 * own that do not fit end their session.
 *
 * @param maxSessions at once
 * @param receiveBatch datagrams taken in one duty cycle, so that timers and commands get their turn
 * @param inboxDatagrams DTLS datagrams waiting for a session's thread; more are dropped
 * @param outboxDatagrams DTLS datagrams waiting for the agent; more are dropped
 * @param messages texts waiting for a session's thread
 * @param handshakeTimeout for DTLS
 * @param connectTimeout from opening a session to its first valid check and DTLS datagram
 * @param disconnectedAfter silence after which a session counts as disconnected
 * @param consentTimeout time without a valid check after which a session ends (RFC 7675)
 */
public record MediaPortSettings(
        int maxSessions,
        int receiveBatch,
        int inboxDatagrams,
        int outboxDatagrams,
        int messages,
        Duration handshakeTimeout,
        Duration connectTimeout,
        Duration disconnectedAfter,
        Duration consentTimeout) {

    /** Browsers without media check every 2.5 s (Chromium) or 4 to 6 s (Firefox, RFC 7675 section 5.1). */
    private static final Duration DISCONNECTED_AFTER = Duration.ofSeconds(7);

    /** What suits one agent on one core. */
    public static MediaPortSettings defaults() {
        return new MediaPortSettings(
                2048,
                256,
                256,
                1024,
                1024,
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                DISCONNECTED_AFTER,
                Duration.ofSeconds(30));
    }
}

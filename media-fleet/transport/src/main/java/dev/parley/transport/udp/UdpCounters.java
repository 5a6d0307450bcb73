package dev.parley.transport.udp;

/**
 * What a UDP engine has done since it was opened.
 *
 * @param datagramsIn received
 * @param bytesIn of payload received
 * @param datagramsOut given to the kernel
 * @param bytesOut of payload given to the kernel
 * @param messagesOut kernel messages that carried them: {@code datagramsOut / messagesOut} is the mean run length
 * @param segmentFallbacks runs that the kernel refused and that went out packet by packet
 * @param oversized received but too long for a slot, dropped
 * @param sendsDropped not sent because the socket's buffer was full
 * @param sendErrors not sent because the kernel refused, such as no route
 * @param receiveErrors failed reads
 */
public record UdpCounters(
        long datagramsIn,
        long bytesIn,
        long datagramsOut,
        long bytesOut,
        long messagesOut,
        long segmentFallbacks,
        long oversized,
        long sendsDropped,
        long sendErrors,
        long receiveErrors) {}

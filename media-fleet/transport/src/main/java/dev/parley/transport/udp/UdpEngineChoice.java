package dev.parley.transport.udp;

/** Which UDP engine is wanted. */
public enum UdpEngineChoice {
    /** The batched one where it runs, else the portable one. */
    AUTO,
    /** The portable one. */
    NIO,
    /** The batched one or nothing. */
    BATCHED
}

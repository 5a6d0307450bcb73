package dev.parley.transport.udp;

import java.util.stream.Stream;

/** The engines that run on this machine: each is put to the same tests. */
public final class EnginesHere {
    private EnginesHere() {}

    /** Each engine by name. */
    public static Stream<UdpEngineChoice> all() {
        return UdpEngines.refusal().isPresent()
                ? Stream.of(UdpEngineChoice.NIO)
                : Stream.of(UdpEngineChoice.NIO, UdpEngineChoice.BATCHED);
    }
}

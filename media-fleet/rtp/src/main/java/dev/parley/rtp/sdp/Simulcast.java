package dev.parley.rtp.sdp;

import java.util.List;

/**
 * An {@code a=simulcast} line (RFC 8853): streams in order of preference, each with its alternatives.
 *
 * @param send streams the describer sends
 * @param receive streams the describer receives
 */
public record Simulcast(List<List<Alternative>> send, List<List<Alternative>> receive) {
    public Simulcast {
        send = List.copyOf(send);
        receive = List.copyOf(receive);
    }

    /**
     * One way to send a stream.
     *
     * @param rid its id
     * @param paused whether it starts paused
     */
    public record Alternative(String rid, boolean paused) {}
}

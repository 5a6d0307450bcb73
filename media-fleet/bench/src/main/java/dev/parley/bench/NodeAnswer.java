package dev.parley.bench;

import dev.parley.rtp.sdp.IceCandidate;
import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.transport.dtls.Fingerprint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a light participant needs of the node's answer.
 *
 * @param address where the node takes media
 * @param slotSsrcs the streams that carry media, those of retransmission not among them
 */
record NodeAnswer(InetSocketAddress address, IceCredentials ice, Fingerprint fingerprint, Set<Long> slotSsrcs) {
    static NodeAnswer read(String sdp, PeerPlan plan) throws IOException {
        SessionDescription session = SessionDescription.parse(sdp);
        MediaDescription transport = session.media().stream()
                .filter(section ->
                        section.ice().isPresent() && !section.fingerprints().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IOException("the answer has no transport"));
        IceCandidate candidate = session.media().stream()
                .flatMap(section -> section.candidates().stream())
                .filter(one -> one.transport().equalsIgnoreCase("udp"))
                .findFirst()
                .orElseThrow(() -> new IOException("the answer has no UDP candidate"));
        Stream<String> mids = Stream.concat(
                IntStream.range(0, plan.audioSlots()).mapToObj(PeerPlan::audioSlotMid),
                IntStream.range(0, plan.videoSlots()).mapToObj(PeerPlan::videoSlotMid));
        Set<Long> slots = mids.flatMap(mid -> session.media(mid).stream())
                .map(NodeAnswer::mediaSsrc)
                .collect(Collectors.toSet());
        var announced = transport.fingerprints().getFirst();
        return new NodeAnswer(
                new InetSocketAddress(candidate.address(), candidate.port()),
                transport.ice().get(),
                new Fingerprint(announced.algorithm(), announced.value()),
                slots);
    }

    private static long mediaSsrc(MediaDescription section) {
        return section.sourceGroups().isEmpty()
                ? section.sources().getFirst().ssrc()
                : section.sourceGroups().getFirst().ssrcs().getFirst();
    }
}

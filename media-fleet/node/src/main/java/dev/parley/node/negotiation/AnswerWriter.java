package dev.parley.node.negotiation;

import dev.parley.rtp.sdp.Direction;
import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.IceCandidate;
import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.Msid;
import dev.parley.rtp.sdp.Rid;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.Setup;
import dev.parley.rtp.sdp.Simulcast;
import dev.parley.rtp.sdp.Source;
import dev.parley.rtp.sdp.SourceGroup;
import dev.parley.sfu.ReceiveSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the answer section by section, in the order of the offer. */
final class AnswerWriter {
    /** Host candidates first: type preference 126, local preference 65535, component 1 (RFC 8445 section 5.1.2). */
    private static final long HOST_PRIORITY = (126L << 24) + (65535L << 8) + 255;

    private static final int SCTP_PORT = 5000;
    private static final int MAX_MESSAGE_BYTES = 256 << 10;

    private final LocalTransport local;
    private final String canonicalName;
    private boolean candidatesWritten;

    AnswerWriter(LocalTransport local, String canonicalName) {
        this.local = local;
        this.canonicalName = canonicalName;
    }

    String write(List<Section> sections, long sessionId, long version, boolean mixedExtensions) {
        List<MediaDescription> media = new ArrayList<>();
        List<String> bundle = new ArrayList<>();
        for (Section section : sections) {
            MediaDescription description = describe(section);
            media.add(description);
            if (!description.rejected()) {
                bundle.add(description.mid());
            }
        }
        return new SessionDescription(sessionId, version, true, mixedExtensions, bundle, media).write();
    }

    private MediaDescription describe(Section section) {
        MediaDescription offered = section.offered();
        MediaDescription.Builder answer =
                MediaDescription.builder(offered.kind(), offered.mid()).protocol(offered.protocol());
        switch (section) {
            case Section.Published published -> publish(answer, published);
            case Section.Slot slot -> slot(answer, slot);
            case Section.Data data -> answer.sctpPort(SCTP_PORT).maxMessageSize(MAX_MESSAGE_BYTES);
            case Section.Idle idle -> {
                if (idle.codecs().isEmpty()) {
                    return answer.port(0)
                            .formats(offered.formats())
                            .direction(Direction.INACTIVE)
                            .build();
                }
                media(answer, offered, Direction.INACTIVE, idle.codecs());
            }
        }
        transport(answer);
        return answer.build();
    }

    private void publish(MediaDescription.Builder answer, Section.Published published) {
        MediaDescription offered = published.offered();
        media(answer, offered, Direction.RECVONLY, published.codecs());
        List<String> rids = published.source().rids();
        if (!rids.isEmpty()) {
            rids.forEach(rid -> answer.rid(new Rid(rid, false, Map.of())));
            List<List<Simulcast.Alternative>> layers = rids.stream()
                    .map(rid -> List.of(new Simulcast.Alternative(rid, false)))
                    .toList();
            answer.simulcast(new Simulcast(List.of(), layers));
        }
    }

    private void slot(MediaDescription.Builder answer, Section.Slot section) {
        media(answer, section.offered(), Direction.SENDONLY, section.codecs());
        ReceiveSlot slot = section.slot();
        // Each slot is a media stream of its own: slots change owner, so nothing may tie two of them together.
        String name = "slot-" + slot.mid();
        answer.msid(new Msid(name, name));
        Map<String, String> attributes = Map.of("cname", canonicalName);
        answer.source(new Source(slot.ssrc(), attributes));
        if (slot.rtxSsrc() != ReceiveSlot.NO_RTX) {
            answer.sourceGroup(new SourceGroup(SourceGroup.FID, List.of(slot.ssrc(), slot.rtxSsrc())));
            answer.source(new Source(slot.rtxSsrc(), attributes));
        }
    }

    private static void media(
            MediaDescription.Builder answer,
            MediaDescription offered,
            Direction direction,
            List<Codecs.Choice> codecs) {
        answer.direction(direction)
                .codecs(Codecs.answer(offered.kind(), codecs))
                .rtcpMux(true)
                .rtcpReducedSize(offered.rtcpReducedSize());
        Extensions.answer(offered).forEach(answer::extension);
    }

    private void transport(MediaDescription.Builder answer) {
        answer.ice(new IceCredentials(local.ice().ufrag(), local.ice().password()))
                .fingerprint(new Fingerprint(
                        local.fingerprint().algorithm(), local.fingerprint().value()))
                .setup(Setup.of(local.role().setup()).orElseThrow());
        if (!candidatesWritten) {
            candidatesWritten = true;
            answer.candidate(IceCandidate.udpHost(local.host(), local.port(), HOST_PRIORITY))
                    .endOfCandidates(true);
        }
    }
}

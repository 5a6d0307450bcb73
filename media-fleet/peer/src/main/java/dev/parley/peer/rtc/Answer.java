package dev.parley.peer.rtc;

import dev.parley.rtp.sdp.Fingerprint;
import dev.parley.rtp.sdp.IceCandidate;
import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.sdp.MalformedSdpException;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaKind;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.Setup;
import dev.parley.rtp.sdp.Source;
import dev.parley.rtp.sdp.SourceGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an answer says that a peer needs.
 *
 * @param ice the node's credentials
 * @param candidates where it can be reached
 * @param fingerprints of its certificate
 * @param weAreClient whether we open the DTLS connection
 * @param maxMessageBytes longest data channel message it takes
 * @param slots the receive slots, audio first, each kind in the order of the offer
 */
record Answer(
        IceCredentials ice,
        List<IceCandidate> candidates,
        List<Fingerprint> fingerprints,
        boolean weAreClient,
        int maxMessageBytes,
        List<ReceiveSlot> slots) {

    static Answer read(String sdp, Offer offer) throws IOException {
        SessionDescription session;
        try {
            session = SessionDescription.parse(sdp);
        } catch (MalformedSdpException e) {
            throw new IOException("the answer is no session description: " + e.getMessage(), e);
        }
        MediaDescription transport = session.media().stream()
                .filter(section -> section.ice().isPresent())
                .findFirst()
                .orElseThrow(() -> new IOException("the answer has no ICE credentials"));
        Set<IceCandidate> candidates = new LinkedHashSet<>();
        session.media().forEach(section -> candidates.addAll(section.candidates()));
        List<ReceiveSlot> slots = new ArrayList<>();
        addSlots(session, offer.audioSlotMids(), false, slots);
        addSlots(session, offer.videoSlotMids(), true, slots);
        long maxMessage = session.media().stream()
                .filter(section -> section.kind() == MediaKind.APPLICATION)
                .findFirst()
                .map(section -> section.maxMessageSize().orElse(65_536))
                .orElse(65_536L);
        return new Answer(
                transport.ice().get(),
                List.copyOf(candidates),
                transport.fingerprints(),
                transport.setup().orElse(Setup.PASSIVE) != Setup.ACTIVE,
                (int) Math.min(maxMessage, 256 << 10),
                slots);
    }

    private static void addSlots(
            SessionDescription session, List<String> mids, boolean video, List<ReceiveSlot> slots) {
        for (int i = 0; i < mids.size(); i++) {
            MediaDescription section = session.media(mids.get(i)).orElse(null);
            if (section == null || section.rejected()) {
                continue;
            }
            OptionalLong[] ssrcs = ssrcs(section);
            if (ssrcs[0].isPresent()) {
                slots.add(new ReceiveSlot(i, video, ssrcs[0].getAsLong(), ssrcs[1].orElse(-1)));
            }
        }
    }

    /** The stream's SSRC and its RTX stream's. */
    private static OptionalLong[] ssrcs(MediaDescription section) {
        for (SourceGroup group : section.sourceGroups()) {
            if (group.semantics().equals(SourceGroup.FID) && group.ssrcs().size() == 2) {
                return new OptionalLong[] {
                    OptionalLong.of(group.ssrcs().get(0)),
                    OptionalLong.of(group.ssrcs().get(1))
                };
            }
        }
        OptionalLong only = section.sources().stream().mapToLong(Source::ssrc).findFirst();
        return new OptionalLong[] {only, OptionalLong.empty()};
    }
}

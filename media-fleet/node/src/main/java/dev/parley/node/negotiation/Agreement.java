package dev.parley.node.negotiation;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PayloadFormat;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.ReceiveSlot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What a node and a participant agreed on in one exchange. Immutable; an ICE restart changes nothing of it. */
public final class Agreement {
    private final List<Section> sections;
    private final RemoteTransport remote;
    private final ExtensionIds extensions;
    private final List<PayloadFormat> formats;
    private final boolean mixedExtensions;
    private final long sessionId;

    private Agreement(SessionDescription offer, List<Section> sections, RemoteTransport remote, long sessionId) {
        this.sections = List.copyOf(sections);
        this.remote = remote;
        this.extensions = Extensions.ids(offer.media());
        this.formats = formats(sections);
        this.mixedExtensions = offer.mixedExtensions();
        this.sessionId = sessionId;
    }

    /**
     * Reads a participant's offer.
     *
     * @param tracks what its senders carry; a sender without a label is a microphone or a camera
     * @param allowed the sources the participant may send; others are answered inactive
     * @param maxSlots receive slots it may ask for
     * @param random for SSRCs
     * @throws UnusableOfferException when no session can be made of it
     */
    public static Agreement of(
            String sdp, List<TrackLabel> tracks, Set<Source> allowed, int maxSlots, RandomGenerator random) {
        SessionDescription offer = OfferReader.parse(sdp);
        List<Section> sections = OfferReader.read(offer, tracks, allowed, maxSlots, random);
        return new Agreement(offer, sections, RemoteTransport.of(offer), random.nextLong(1, Long.MAX_VALUE));
    }

    /**
     * Reads the transport of an offer that restarts ICE.
     *
     * @throws UnusableOfferException when the offer is broken or does not have the same sections
     */
    public RemoteTransport restartedBy(String sdp) {
        SessionDescription offer = OfferReader.parse(sdp);
        boolean same = offer.media().size() == sections.size();
        for (int i = 0; same && i < sections.size(); i++) {
            same = offer.media().get(i).mid().equals(sections.get(i).offered().mid())
                    && offer.media().get(i).kind() == sections.get(i).offered().kind();
        }
        if (!same) {
            throw new UnusableOfferException(
                    "m=: a restart offers the same sections as the session has; " + "make a new exchange for others");
        }
        return RemoteTransport.of(offer);
    }

    /** The transport the participant offered. */
    public RemoteTransport remote() {
        return remote;
    }

    /** What the SFU must know, for a participant of this number. */
    public ParticipantSpec spec(long number) {
        return new ParticipantSpec(number, published(), slots(), formats, extensions);
    }

    /** The sources the participant publishes. */
    public List<PublishedSource> published() {
        List<PublishedSource> published = new ArrayList<>();
        for (Section section : sections) {
            if (section instanceof Section.Published sender) {
                published.add(sender.source());
            }
        }
        return published;
    }

    /** The participant's receive slots in the order of the offer. */
    public List<ReceiveSlot> slots() {
        List<ReceiveSlot> slots = new ArrayList<>();
        for (Section section : sections) {
            if (section instanceof Section.Slot slot) {
                slots.add(slot.slot());
            }
        }
        return slots;
    }

    /** Writes the answer. {@code version} counts the answers of this session from 1. */
    public String answer(LocalTransport local, String canonicalName, long version) {
        return new AnswerWriter(local, canonicalName).write(sections, sessionId, version, mixedExtensions);
    }

    /** One entry a payload type; a type that means two things in one bundle is refused. */
    private static List<PayloadFormat> formats(List<Section> sections) {
        Map<Integer, PayloadFormat> formats = new LinkedHashMap<>();
        for (Section section : sections) {
            List<Codecs.Choice> codecs = switch (section) {
                case Section.Published published -> published.codecs();
                case Section.Slot slot -> slot.codecs();
                case Section.Data data -> List.of();
                case Section.Idle idle -> List.of();
            };
            for (Codecs.Choice choice : codecs) {
                PayloadFormat format = choice.format();
                PayloadFormat earlier = formats.putIfAbsent(format.payloadType(), format);
                if (earlier != null && !earlier.equals(format)) {
                    throw new UnusableOfferException(
                            "a=rtpmap: payload type " + format.payloadType() + " means two things in the bundle");
                }
            }
        }
        return List.copyOf(formats.values());
    }
}

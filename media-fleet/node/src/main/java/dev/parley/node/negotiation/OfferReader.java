package dev.parley.node.negotiation;

import dev.parley.contracts.media.Source;
import dev.parley.contracts.media.TrackLabel;
import dev.parley.rtp.extension.ExtensionIds;
import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.rtp.sdp.MalformedSdpException;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.MediaKind;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.rtp.sdp.Simulcast;
import dev.parley.rtp.sdp.SourceGroup;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.ReceiveSlot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Reads an offer section by section and decides what each becomes. */
final class OfferReader {
    private static final int MAX_LAYERS = 4;

    private final SessionDescription offer;
    private final Map<String, Source> labels = new HashMap<>();
    private final Set<Source> allowed;
    private final int maxSlots;
    private final Ssrcs ssrcs;
    private final Set<Source> published = EnumSet.noneOf(Source.class);
    private int slots;

    private OfferReader(
            SessionDescription offer,
            List<TrackLabel> tracks,
            Set<Source> allowed,
            int maxSlots,
            RandomGenerator random) {
        this.offer = offer;
        this.allowed = allowed;
        this.maxSlots = maxSlots;
        for (TrackLabel track : tracks) {
            if (track.mid() == null || track.source() == null) {
                throw new UnusableOfferException("tracks: every entry needs mid and source");
            }
            labels.put(track.mid(), track.source());
        }
        Set<Long> offered = new HashSet<>();
        offer.media().forEach(section -> section.sources().forEach(source -> offered.add(source.ssrc())));
        this.ssrcs = new Ssrcs(random, offered);
    }

    static SessionDescription parse(String sdp) {
        if (sdp == null || sdp.isBlank()) {
            throw new UnusableOfferException("sdp: the offer is missing");
        }
        try {
            return SessionDescription.parse(sdp);
        } catch (MalformedSdpException e) {
            throw new UnusableOfferException("sdp: " + e.getMessage());
        }
    }

    static List<Section> read(
            SessionDescription offer,
            List<TrackLabel> tracks,
            Set<Source> allowed,
            int maxSlots,
            RandomGenerator random) {
        return new OfferReader(offer, tracks, allowed, maxSlots, random).sections();
    }

    private List<Section> sections() {
        checkNames();
        ExtensionIds ids = Extensions.ids(offer.media());
        List<Section> sections = new ArrayList<>();
        for (MediaDescription section : offer.media()) {
            sections.add(read(section, ids));
        }
        if (sections.stream().noneMatch(section -> section instanceof Section.Data)) {
            throw new UnusableOfferException("m=application: the offer has no data channel section");
        }
        return sections;
    }

    private void checkNames() {
        if (offer.media().isEmpty()) {
            throw new UnusableOfferException("m=: the offer has no media section");
        }
        Set<String> mids = new HashSet<>();
        for (MediaDescription section : offer.media()) {
            int length = section.mid().getBytes(StandardCharsets.UTF_8).length;
            if (length == 0 || length > 16 || !mids.add(section.mid())) {
                throw new UnusableOfferException(
                        "a=mid: every section needs its own of 1 to 16 characters; m-line " + (mids.size() + 1));
            }
            if (!section.rejected() && !offer.bundle().contains(section.mid())) {
                throw new UnusableOfferException("a=group:BUNDLE: section " + section.mid() + " is not in the bundle");
            }
        }
        for (String mid : labels.keySet()) {
            if (!mids.contains(mid)) {
                throw new UnusableOfferException("tracks: there is no section with mid " + mid);
            }
        }
    }

    private Section read(MediaDescription section, ExtensionIds ids) {
        if (section.rejected()) {
            return new Section.Idle(section, List.of());
        }
        if (section.kind() == MediaKind.APPLICATION) {
            if (!section.protocol().endsWith("DTLS/SCTP") || section.sctpPort().isEmpty()) {
                throw new UnusableOfferException("m=application: UDP/DTLS/SCTP with a=sctp-port is needed");
            }
            return new Section.Data(section);
        }
        if (!section.rtcpMux()) {
            throw new UnusableOfferException("a=rtcp-mux: missing in section " + section.mid());
        }
        List<Codecs.Choice> codecs = Codecs.choose(section);
        if (codecs.isEmpty()) {
            throw new UnusableOfferException("a=rtpmap: section " + section.mid()
                    + " offers no codec this node forwards; "
                    + (section.kind() == MediaKind.AUDIO ? "opus/48000/2" : "VP8, H264, VP9 or AV1") + " is needed");
        }
        if (section.direction().sends()) {
            return published(section, codecs, ids);
        }
        return section.direction().receives() ? slot(section, codecs) : new Section.Idle(section, codecs);
    }

    private Section published(MediaDescription section, List<Codecs.Choice> codecs, ExtensionIds ids) {
        boolean video = section.kind() == MediaKind.VIDEO;
        Source usual = video ? Source.CAMERA : Source.MICROPHONE;
        Source source = labels.getOrDefault(section.mid(), usual);
        boolean labelled = labels.containsKey(section.mid());
        if (!labelled && (labels.containsValue(usual) || published.contains(usual))) {
            // Nobody said what this is, and what it usually would be is taken.
            return new Section.Idle(section, codecs);
        }
        if (source.video() != video) {
            throw new UnusableOfferException("tracks: section " + section.mid() + " is "
                    + section.kind().word() + " and cannot be " + source.wire());
        }
        if (!allowed.contains(source)) {
            return new Section.Idle(section, codecs);
        }
        if (!published.add(source)) {
            throw new UnusableOfferException("tracks: two sections are " + source.wire());
        }
        List<String> rids = rids(section);
        if (!rids.isEmpty() && !ids.has(ExtensionUri.RID)) {
            throw new UnusableOfferException(
                    "a=extmap: simulcast in section " + section.mid() + " needs " + ExtensionUri.RID.uri());
        }
        long ssrc = rids.isEmpty() && !section.sources().isEmpty()
                ? section.sources().getFirst().ssrc()
                : PublishedSource.UNKNOWN;
        return new Section.Published(
                section,
                new PublishedSource(section.mid(), Sources.toSfu(source), rids, ssrc, retransmission(section, ssrc)),
                codecs);
    }

    private static List<String> rids(MediaDescription section) {
        List<String> rids = section.simulcast().map(Simulcast::send).orElse(List.of()).stream()
                .map(alternatives -> alternatives.getFirst().rid())
                .toList();
        if (rids.size() > MAX_LAYERS) {
            throw new UnusableOfferException(
                    "a=simulcast: section " + section.mid() + " has more than " + MAX_LAYERS + " layers");
        }
        return rids;
    }

    private static long retransmission(MediaDescription section, long ssrc) {
        return section.sourceGroups().stream()
                .filter(group -> group.semantics().equals(SourceGroup.FID)
                        && group.ssrcs().size() == 2
                        && group.ssrcs().getFirst() == ssrc)
                .map(group -> group.ssrcs().get(1))
                .findFirst()
                .orElse(PublishedSource.UNKNOWN);
    }

    private Section slot(MediaDescription section, List<Codecs.Choice> codecs) {
        if (++slots > maxSlots) {
            throw new UnusableOfferException("m=: more than " + maxSlots + " receive slots");
        }
        boolean rtx = codecs.stream().anyMatch(choice -> choice.rtx().isPresent());
        long ssrc = ssrcs.next();
        ReceiveSlot slot = new ReceiveSlot(
                section.kind() == MediaKind.VIDEO,
                section.mid(),
                ssrc,
                rtx ? ssrcs.next() : ReceiveSlot.NO_RTX,
                Extensions.received(section));
        return new Section.Slot(section, slot, codecs);
    }
}

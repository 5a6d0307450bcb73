package dev.parley.rtp.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the attributes of one media section, or those of the session level. */
final class MediaSectionParser {
    private static final int MAX_FORMATS = 256;

    private final MediaDescription.Builder builder;
    private final List<String> formats;
    private final CodecLines codecs = new CodecLines();
    private final Map<Long, Map<String, String>> sources = new LinkedHashMap<>();
    private final List<ExtensionMap> extensions = new ArrayList<>();
    private final List<Fingerprint> fingerprints = new ArrayList<>();
    private String fragment;
    private String password;
    private Setup setup;
    private Direction direction;

    private MediaSectionParser(MediaDescription.Builder builder, List<String> formats) {
        this.builder = builder;
        this.formats = formats;
    }

    static MediaSectionParser forSession() {
        return new MediaSectionParser(MediaDescription.builder(MediaKind.APPLICATION, ""), List.of());
    }

    static MediaSectionParser forMedia(MediaKind kind, int port, String protocol, List<String> formats, int line) {
        if (formats.size() > MAX_FORMATS) {
            throw new MalformedSdpException(line, "more than " + MAX_FORMATS + " formats");
        }
        MediaDescription.Builder builder =
                MediaDescription.builder(kind, "").port(port).protocol(protocol).formats(formats);
        return new MediaSectionParser(builder, formats);
    }

    void attribute(int line, String name, String value) {
        switch (name) {
            case "mid" -> builder.mid(word(line, value));
            case "sendrecv" -> direction = Direction.SENDRECV;
            case "sendonly" -> direction = Direction.SENDONLY;
            case "recvonly" -> direction = Direction.RECVONLY;
            case "inactive" -> direction = Direction.INACTIVE;
            case "rtcp-mux" -> builder.rtcpMux(true);
            case "rtcp-rsize" -> builder.rtcpReducedSize(true);
            case "bundle-only" -> builder.bundleOnly(true);
            case "end-of-candidates" -> builder.endOfCandidates(true);
            case "rtpmap" -> codecs.rtpmap(line, value);
            case "fmtp" -> codecs.fmtp(line, value);
            case "rtcp-fb" -> codecs.feedback(line, value);
            case "extmap" -> extension(line, value);
            case "ice-ufrag" -> fragment = iceText(line, value, 4);
            case "ice-pwd" -> password = iceText(line, value, 22);
            case "fingerprint" -> fingerprint(line, value);
            case "setup" ->
                setup = Setup.of(value).orElseThrow(() -> new MalformedSdpException(line, "unknown setup role"));
            case "rid" -> StreamLines.rid(line, value).ifPresent(builder::rid);
            case "simulcast" -> builder.simulcast(StreamLines.simulcast(line, value));
            case "msid" -> msid(line, value);
            case "ssrc" -> source(line, value);
            case "ssrc-group" -> sourceGroup(line, value);
            case "candidate" -> builder.candidate(CandidateLine.parse(line, value));
            case "sctp-port" -> builder.sctpPort((int) SdpText.number(line, value, 65535));
            case "max-message-size" -> builder.maxMessageSize(SdpText.number(line, value, Long.MAX_VALUE));
            default -> {
                // Attributes nobody here knows are read over (RFC 8866 section 5.13).
            }
        }
    }

    MediaDescription finish(MediaSectionParser session) {
        String localFragment = fragment != null ? fragment : session.fragment;
        String localPassword = password != null ? password : session.password;
        if (localFragment != null && localPassword != null) {
            builder.ice(new IceCredentials(localFragment, localPassword));
        }
        (fingerprints.isEmpty() ? session.fingerprints : fingerprints).forEach(builder::fingerprint);
        (extensions.isEmpty() ? session.extensions : extensions).forEach(builder::extension);
        builder.setup(setup != null ? setup : session.setup);
        Direction flow = direction != null ? direction : session.direction;
        builder.direction(flow != null ? flow : Direction.SENDRECV);
        builder.codecs(codecs.finish(formats));
        sources.forEach((ssrc, attributes) -> builder.source(new Source(ssrc, attributes)));
        return builder.build();
    }

    private void extension(int line, String value) {
        String[] fields = value.split(" ");
        if (fields.length < 2) {
            throw new MalformedSdpException(line, "extmap takes an id and a URI");
        }
        int slash = fields[0].indexOf('/');
        String id = slash < 0 ? fields[0] : fields[0].substring(0, slash);
        Direction restriction = slash < 0
                ? Direction.SENDRECV
                : switch (fields[0].substring(slash + 1)) {
                    case "sendrecv" -> Direction.SENDRECV;
                    case "sendonly" -> Direction.SENDONLY;
                    case "recvonly" -> Direction.RECVONLY;
                    case "inactive" -> Direction.INACTIVE;
                    default -> throw new MalformedSdpException(line, "unknown extmap direction");
                };
        int number = (int) SdpText.number(line, id, 255);
        if (number == 0) {
            throw new MalformedSdpException(line, "extmap id 0");
        }
        extensions.add(new ExtensionMap(number, restriction, fields[1]));
    }

    private void fingerprint(int line, String value) {
        int space = value.indexOf(' ');
        String algorithm = space < 0 ? "" : value.substring(0, space).toLowerCase(Locale.ROOT);
        String hex = space < 0 ? "" : value.substring(space + 1).toUpperCase(Locale.ROOT);
        boolean wellFormed = !algorithm.isEmpty() && hex.length() >= 47 && hex.length() <= 191 && hex.length() % 3 == 2;
        for (int i = 0; wellFormed && i < hex.length(); i++) {
            wellFormed = i % 3 == 2 ? hex.charAt(i) == ':' : "0123456789ABCDEF".indexOf(hex.charAt(i)) >= 0;
        }
        if (!wellFormed) {
            throw new MalformedSdpException(line, "fingerprint takes an algorithm and hexadecimal bytes");
        }
        fingerprints.add(new Fingerprint(algorithm, hex));
    }

    private void msid(int line, String value) {
        String[] fields = value.split(" ");
        // Splitting spaces alone gives no field at all.
        if (fields.length == 0 || fields.length > 2) {
            throw new MalformedSdpException(line, "msid takes one id or two");
        }
        builder.msid(new Msid(word(line, fields[0]), fields.length == 2 ? fields[1] : ""));
    }

    private void source(int line, String value) {
        int space = value.indexOf(' ');
        long ssrc = SdpText.number(line, space < 0 ? value : value.substring(0, space), 0xFFFF_FFFFL);
        Map<String, String> attributes = sources.computeIfAbsent(ssrc, key -> new LinkedHashMap<>());
        if (space >= 0) {
            String attribute = value.substring(space + 1);
            int colon = attribute.indexOf(':');
            attributes.put(
                    colon < 0 ? attribute : attribute.substring(0, colon),
                    colon < 0 ? "" : attribute.substring(colon + 1));
        }
    }

    private void sourceGroup(int line, String value) {
        String[] fields = value.split(" ");
        if (fields.length < 2) {
            throw new MalformedSdpException(line, "ssrc-group takes its semantics and SSRCs");
        }
        List<Long> ssrcs = new ArrayList<>(fields.length - 1);
        for (int i = 1; i < fields.length; i++) {
            ssrcs.add(SdpText.number(line, fields[i], 0xFFFF_FFFFL));
        }
        builder.sourceGroup(new SourceGroup(fields[0], ssrcs));
    }

    private static String word(int line, String value) {
        if (value.isEmpty() || value.length() > 256 || value.indexOf(' ') >= 0) {
            throw new MalformedSdpException(line, "one word of at most 256 characters is needed");
        }
        return value;
    }

    private static String iceText(int line, String value, int minLength) {
        boolean wellFormed = value.length() >= minLength && value.length() <= 256;
        for (int i = 0; wellFormed && i < value.length(); i++) {
            char c = value.charAt(i);
            // Besides letters, digits, + and /, the field has seen - and _ from real clients.
            wellFormed = c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '-' || c == '_');
        }
        if (!wellFormed) {
            throw new MalformedSdpException(line, "ICE credentials take " + minLength + " to 256 ice-chars");
        }
        return value;
    }
}

package dev.parley.rtp.sdp;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a session description; see {@link SessionDescription#write}. */
final class SdpWriter {
    private final StringBuilder out = new StringBuilder(8192);

    private SdpWriter() {}

    static String write(SessionDescription session) {
        SdpWriter writer = new SdpWriter();
        writer.session(session);
        session.media().forEach(writer::media);
        return writer.out.toString();
    }

    private void session(SessionDescription session) {
        line("v=0");
        line("o=- " + session.sessionId() + ' ' + session.version() + " IN IP4 127.0.0.1");
        line("s=-");
        line("t=0 0");
        flag(session.iceLite(), "ice-lite");
        if (!session.bundle().isEmpty()) {
            line("a=group:BUNDLE " + String.join(" ", session.bundle()));
        }
        flag(session.mixedExtensions(), "extmap-allow-mixed");
        line("a=msid-semantic: WMS *");
    }

    private void media(MediaDescription media) {
        line("m=" + media.kind().word() + ' ' + media.port() + ' ' + media.protocol() + ' '
                + String.join(" ", media.formats()));
        line("c=IN IP4 0.0.0.0");
        if (!media.mid().isEmpty()) {
            line("a=mid:" + media.mid());
        }
        flag(media.bundleOnly(), "bundle-only");
        transport(media);
        if (media.kind() != MediaKind.APPLICATION) {
            line("a=" + media.direction().word());
            flag(media.rtcpMux(), "rtcp-mux");
            flag(media.rtcpReducedSize(), "rtcp-rsize");
        }
        media.codecs().forEach(this::codec);
        for (ExtensionMap extension : media.extensions()) {
            String restriction = extension.direction() == Direction.SENDRECV
                    ? ""
                    : '/' + extension.direction().word();
            line("a=extmap:" + extension.id() + restriction + ' ' + extension.uri());
        }
        streams(media);
        media.sctpPort().ifPresent(port -> line("a=sctp-port:" + port));
        media.maxMessageSize().ifPresent(size -> line("a=max-message-size:" + size));
    }

    private void transport(MediaDescription media) {
        media.ice().ifPresent(ice -> {
            line("a=ice-ufrag:" + ice.fragment());
            line("a=ice-pwd:" + ice.password());
        });
        media.fingerprints().forEach(print -> line("a=fingerprint:" + print.algorithm() + ' ' + print.value()));
        media.setup().ifPresent(setup -> line("a=setup:" + setup.word()));
        media.candidates().forEach(candidate -> line("a=" + candidate.line()));
        flag(media.endOfCandidates(), "end-of-candidates");
    }

    private void codec(Codec codec) {
        line("a=rtpmap:" + codec.payloadType() + ' ' + codec.name() + '/' + codec.clockRate()
                + (codec.channels() > 1 ? "/" + codec.channels() : ""));
        if (!codec.parameters().isEmpty()) {
            line("a=fmtp:" + codec.payloadType() + ' ' + pairs(codec.parameters()));
        }
        codec.feedback().forEach(kind -> line("a=rtcp-fb:" + codec.payloadType() + ' ' + kind));
    }

    private void streams(MediaDescription media) {
        media.msids()
                .forEach(msid -> line("a=msid:" + msid.stream() + (msid.track().isEmpty() ? "" : ' ' + msid.track())));
        for (Rid rid : media.rids()) {
            String restrictions = rid.restrictions().isEmpty() ? "" : ' ' + pairs(rid.restrictions());
            line("a=rid:" + rid.id() + (rid.send() ? " send" : " recv") + restrictions);
        }
        media.simulcast().ifPresent(simulcast -> {
            String send = simulcast.send().isEmpty() ? "" : " send " + layers(simulcast.send());
            String receive = simulcast.receive().isEmpty() ? "" : " recv " + layers(simulcast.receive());
            line("a=simulcast:" + (send + receive).strip());
        });
        for (SourceGroup group : media.sourceGroups()) {
            line("a=ssrc-group:" + group.semantics() + ' '
                    + group.ssrcs().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }
        for (Source source : media.sources()) {
            if (source.attributes().isEmpty()) {
                line("a=ssrc:" + source.ssrc());
            }
            source.attributes()
                    .forEach((name, value) ->
                            line("a=ssrc:" + source.ssrc() + ' ' + name + (value.isEmpty() ? "" : ':' + value)));
        }
    }

    private static String layers(List<List<Simulcast.Alternative>> streams) {
        return streams.stream()
                .map(alternatives -> alternatives.stream()
                        .map(alternative -> (alternative.paused() ? "~" : "") + alternative.rid())
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }

    private static String pairs(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(pair -> pair.getValue().isEmpty() ? pair.getKey() : pair.getKey() + '=' + pair.getValue())
                .collect(Collectors.joining(";"));
    }

    private void flag(boolean present, String name) {
        if (present) {
            line("a=" + name);
        }
    }

    private void line(String text) {
        out.append(text).append("\r\n");
    }
}

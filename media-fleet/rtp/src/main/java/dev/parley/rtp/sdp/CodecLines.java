package dev.parley.rtp.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the rtpmap, fmtp and rtcp-fb lines of one section, which may come in any order. */
final class CodecLines {
    private static final int EVERY_PAYLOAD_TYPE = -1;

    private final Map<Integer, Mapping> mappings = new LinkedHashMap<>();
    private final Map<Integer, Map<String, String>> parameters = new LinkedHashMap<>();
    private final Map<Integer, List<String>> feedback = new LinkedHashMap<>();

    private record Mapping(String name, int clockRate, int channels) {}

    void rtpmap(int line, String value) {
        int space = value.indexOf(' ');
        if (space < 0) {
            throw new MalformedSdpException(line, "rtpmap takes a payload type and an encoding");
        }
        String[] encoding = value.substring(space + 1).split("/");
        if (encoding.length < 2 || encoding.length > 3 || encoding[0].isEmpty()) {
            throw new MalformedSdpException(line, "rtpmap takes name/clock or name/clock/channels");
        }
        int clockRate = (int) SdpText.number(line, encoding[1], Integer.MAX_VALUE);
        int channels = encoding.length == 3 ? (int) SdpText.number(line, encoding[2], 255) : 1;
        mappings.put(payloadType(line, value.substring(0, space)), new Mapping(encoding[0], clockRate, channels));
    }

    void fmtp(int line, String value) {
        int space = value.indexOf(' ');
        if (space < 0) {
            throw new MalformedSdpException(line, "fmtp takes a payload type and parameters");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (String parameter : value.substring(space + 1).split(";")) {
            String trimmed = parameter.strip();
            int equals = trimmed.indexOf('=');
            if (equals > 0) {
                map.put(trimmed.substring(0, equals), trimmed.substring(equals + 1));
            } else if (!trimmed.isEmpty()) {
                map.put(trimmed, "");
            }
        }
        parameters.put(payloadType(line, value.substring(0, space)), map);
    }

    void feedback(int line, String value) {
        int space = value.indexOf(' ');
        if (space < 0) {
            throw new MalformedSdpException(line, "rtcp-fb takes a payload type and a kind");
        }
        String target = value.substring(0, space);
        int payloadType = target.equals("*") ? EVERY_PAYLOAD_TYPE : payloadType(line, target);
        feedback.computeIfAbsent(payloadType, key -> new ArrayList<>()).add(value.substring(space + 1));
    }

    /** Builds the codecs in the order of the m-line's formats. */
    List<Codec> finish(List<String> formats) {
        List<Codec> codecs = new ArrayList<>();
        for (String format : formats) {
            if (format.length() > 3 || !format.chars().allMatch(c -> c >= '0' && c <= '9')) {
                continue;
            }
            int payloadType = format.isEmpty() ? EVERY_PAYLOAD_TYPE : Integer.parseInt(format);
            Mapping mapping = mappings.remove(payloadType);
            if (mapping != null) {
                List<String> kinds = new ArrayList<>(feedback.getOrDefault(payloadType, List.of()));
                kinds.addAll(feedback.getOrDefault(EVERY_PAYLOAD_TYPE, List.of()));
                codecs.add(new Codec(
                        payloadType,
                        mapping.name,
                        mapping.clockRate,
                        mapping.channels,
                        parameters.getOrDefault(payloadType, Map.of()),
                        kinds));
            }
        }
        return codecs;
    }

    private static int payloadType(int line, String text) {
        return (int) SdpText.number(line, text, 127);
    }
}

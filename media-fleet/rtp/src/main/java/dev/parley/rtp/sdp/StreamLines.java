package dev.parley.rtp.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rid (RFC 8851) and simulcast (RFC 8853) lines. */
final class StreamLines {
    private StreamLines() {}

    /** A rid with an unknown direction is read over. */
    static Optional<Rid> rid(int line, String value) {
        String[] fields = value.split(" ", 3);
        if (fields.length < 2 || !isRid(fields[0])) {
            throw new MalformedSdpException(line, "rid takes an id and a direction");
        }
        if (!fields[1].equals("send") && !fields[1].equals("recv")) {
            return Optional.empty();
        }
        Map<String, String> restrictions = new LinkedHashMap<>();
        if (fields.length == 3) {
            for (String restriction : fields[2].split(";")) {
                int equals = restriction.indexOf('=');
                if (equals > 0) {
                    restrictions.put(restriction.substring(0, equals).strip(), restriction.substring(equals + 1));
                } else if (!restriction.isBlank()) {
                    restrictions.put(restriction.strip(), "");
                }
            }
        }
        return Optional.of(new Rid(fields[0], fields[1].equals("send"), restrictions));
    }

    static Simulcast simulcast(int line, String value) {
        String[] fields = value.strip().split(" +");
        List<List<Simulcast.Alternative>> send = List.of();
        List<List<Simulcast.Alternative>> receive = List.of();
        if (fields.length != 2 && fields.length != 4) {
            throw new MalformedSdpException(line, "simulcast takes a direction and streams, once or twice");
        }
        for (int i = 0; i < fields.length; i += 2) {
            switch (fields[i]) {
                case "send" -> send = streams(line, fields[i + 1]);
                case "recv" -> receive = streams(line, fields[i + 1]);
                default -> throw new MalformedSdpException(line, "simulcast direction is send or recv");
            }
        }
        return new Simulcast(send, receive);
    }

    private static List<List<Simulcast.Alternative>> streams(int line, String text) {
        List<List<Simulcast.Alternative>> streams = new ArrayList<>();
        for (String stream : text.split(";", -1)) {
            List<Simulcast.Alternative> alternatives = new ArrayList<>();
            for (String alternative : stream.split(",", -1)) {
                boolean paused = alternative.startsWith("~");
                String rid = paused ? alternative.substring(1) : alternative;
                if (!isRid(rid)) {
                    throw new MalformedSdpException(line, "simulcast names a stream that is no rid");
                }
                alternatives.add(new Simulcast.Alternative(rid, paused));
            }
            streams.add(List.copyOf(alternatives));
        }
        return streams;
    }

    private static boolean isRid(String text) {
        return !text.isEmpty()
                && text.length() <= 255
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
    }
}

package dev.parley.rtp.sdp;

import java.util.Locale;

/** Reads a candidate attribute's value (RFC 8839 section 5.1). */
final class CandidateLine {
    private CandidateLine() {}

    static IceCandidate parse(int line, String value) {
        String[] fields = value.split(" ", 9);
        if (fields.length < 8 || !fields[6].equals("typ") || fields[4].length() > 253) {
            throw new MalformedSdpException(
                    line, "candidate takes foundation, component, transport, priority, address, port, typ and type");
        }
        return new IceCandidate(
                fields[0],
                (int) SdpText.number(line, fields[1], 256),
                fields[2].toLowerCase(Locale.ROOT),
                SdpText.number(line, fields[3], 0xFFFF_FFFFL),
                fields[4],
                (int) SdpText.number(line, fields[5], 65535),
                fields[7],
                fields.length == 9 ? fields[8] : "");
    }
}

package dev.parley.rtp.sdp;

/** Numbers and words of SDP lines. */
final class SdpText {
    private SdpText() {}

    /** Parses an unsigned decimal number of 0 to {@code max}. */
    static long number(int line, String text, long max) {
        if (text.isEmpty() || text.length() > 19) {
            throw new MalformedSdpException(line, "not a number: " + shorten(text));
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new MalformedSdpException(line, "not a number: " + shorten(text));
            }
            value = value * 10 + (c - '0');
            if (value < 0 || value > max) {
                throw new MalformedSdpException(line, "a number above " + max);
            }
        }
        return value;
    }

    /** Makes foreign text fit for an error message. */
    static String shorten(String text) {
        String start = text.length() > 32 ? text.substring(0, 32) + "..." : text;
        return start.replaceAll("[^\\x20-\\x7E]", "?");
    }
}

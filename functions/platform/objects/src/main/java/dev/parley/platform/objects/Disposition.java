package dev.parley.platform.objects;

import java.nio.charset.StandardCharsets;

/** The Content-Disposition of a file with a name in any script: RFC 6266 with RFC 8187 beside a plain name for those who know no better. */
final class Disposition {
    private static final String ATTR_CHARS = "!#$&+-.^_`|~";

    private Disposition() {}

    /** {@code attachment; filename="plan_.pdf"; filename*=UTF-8''plan%C3%A4.pdf} */
    static String of(String fileName, boolean inline) {
        var plain = new StringBuilder();
        var encoded = new StringBuilder();
        fileName.codePoints().filter(one -> !isUnfit(one)).forEach(one -> {
            boolean quotable = one >= ' ' && one < 0x7f && one != '"' && one != '\\' && one != '%';
            plain.append(quotable ? (char) one : '_');
            encode(one, encoded);
        });
        return (inline ? "inline" : "attachment") + "; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }

    private static boolean isUnfit(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }

    private static void encode(int codePoint, StringBuilder into) {
        boolean plain =
                codePoint < 0x80 && (Character.isLetterOrDigit(codePoint) || ATTR_CHARS.indexOf(codePoint) >= 0);
        if (plain) {
            into.append((char) codePoint);
            return;
        }
        for (byte each : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            into.append('%').append(String.format("%02X", each));
        }
    }
}

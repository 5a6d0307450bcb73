package dev.parley.agent;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that any file system takes and that lead nowhere: what comes over the wire is a wish. */
final class SafeName {
    /** In UTF-8, with room for a number behind it. */
    private static final int MOST_BYTES = 200;

    private static final int LONGEST_EXTENSION = 20;
    private static final Set<Integer> FORBIDDEN =
            Set.of((int) '<', (int) '>', (int) ':', (int) '"', (int) '/', (int) '\\', (int) '|', (int) '?', (int) '*');
    private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\\..*)?");
    private static final String NAMELESS = "file";

    private SafeName() {}

    /** The last part of a path, without what file systems reserve; never hidden, never empty. */
    static String of(String wish) {
        String last = wish.substring(Math.max(wish.lastIndexOf('/'), wish.lastIndexOf('\\')) + 1);
        var clean = new StringBuilder();
        Normalizer.normalize(last, Normalizer.Form.NFC).codePoints().forEach(one -> {
            int type = Character.getType(one);
            boolean unfit = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            if (!unfit) {
                clean.appendCodePoint(FORBIDDEN.contains(one) ? '_' : one);
            }
        });
        String name = clean.toString().strip().replaceFirst("^[. ]+", "").replaceFirst("[. ]+$", "");
        if (name.isEmpty()) {
            name = NAMELESS;
        }
        if (RESERVED.matcher(name).matches()) {
            name = "_" + name;
        }
        return shortened(name);
    }

    /** {@code plan (2).pdf} for 2. */
    static String numbered(String name, int number) {
        int dot = extension(name);
        return name.substring(0, dot) + " (" + number + ")" + name.substring(dot);
    }

    private static String shortened(String name) {
        if (bytes(name) <= MOST_BYTES) {
            return name;
        }
        int dot = extension(name);
        String end = name.substring(dot);
        String start = name.substring(0, dot);
        while (bytes(start) + bytes(end) > MOST_BYTES) {
            start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
        }
        return start.stripTrailing() + end;
    }

    /** Where the extension begins, or the end. */
    private static int extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 || name.length() - dot > LONGEST_EXTENSION ? name.length() : dot;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

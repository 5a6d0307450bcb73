package dev.parley.rtp.sdp;

import java.util.ArrayList;
import java.util.List;

/** Reads a session description line by line; see {@link SessionDescription#parse}. */
public final class SdpParser {
    /** Characters a description may have. */
    public static final int MAX_LENGTH = 64 * 1024;
    /** Lines a description may have. */
    public static final int MAX_LINES = 4096;
    /** Media sections a description may have. */
    public static final int MAX_SECTIONS = 128;

    private final List<MediaSectionParser> sections = new ArrayList<>();
    private final MediaSectionParser session = MediaSectionParser.forSession();
    private MediaSectionParser current = session;
    private int line;
    private boolean originSeen;
    private long sessionId;
    private long version;
    private boolean iceLite;
    private boolean mixedExtensions;
    private List<String> bundle = List.of();

    private SdpParser() {}

    static SessionDescription parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedSdpException(
                    0, "a description of " + text.length() + " characters; at most " + MAX_LENGTH);
        }
        return new SdpParser().read(text);
    }

    private SessionDescription read(String text) {
        int position = 0;
        while (position < text.length()) {
            int end = text.indexOf('\n', position);
            int stop = end < 0 ? text.length() : end;
            int trimmed = stop > position && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
            line++;
            if (line > MAX_LINES) {
                throw error("more than " + MAX_LINES + " lines");
            }
            if (trimmed > position) {
                readLine(text.substring(position, trimmed));
            }
            position = stop + 1;
        }
        line = 0;
        if (!originSeen) {
            throw error("no o= line");
        }
        List<MediaDescription> media = new ArrayList<>(sections.size());
        for (MediaSectionParser section : sections) {
            media.add(section.finish(session));
        }
        return new SessionDescription(sessionId, version, iceLite, mixedExtensions, bundle, media);
    }

    private void readLine(String text) {
        if (text.length() < 2 || text.charAt(1) != '=') {
            throw error("not of the form x=value");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' && text.charAt(i) != '\t') {
                throw error("a control character");
            }
        }
        String value = text.substring(2);
        if (line == 1 && !text.equals("v=0")) {
            throw error("a description starts with v=0");
        }
        switch (text.charAt(0)) {
            case 'o' -> readOrigin(value);
            case 'm' -> startSection(value);
            case 'a' -> readAttribute(value);
            case 'v', 's', 'i', 'u', 'e', 'p', 'c', 'b', 't', 'r', 'z', 'k' -> {
                // Nothing a media node needs: the transport is negotiated by attributes.
            }
            default -> throw error("unknown line type " + text.charAt(0) + "=");
        }
    }

    private void readOrigin(String value) {
        String[] fields = value.split(" ");
        if (fields.length != 6) {
            throw error("o= takes six fields");
        }
        sessionId = number(fields[1], Long.MAX_VALUE);
        version = number(fields[2], Long.MAX_VALUE);
        originSeen = true;
    }

    private void startSection(String value) {
        String[] fields = value.split(" ");
        if (fields.length < 4) {
            throw error("m= takes a kind, a port, a protocol and formats");
        }
        if (sections.size() == MAX_SECTIONS) {
            throw error("more than " + MAX_SECTIONS + " media sections");
        }
        MediaKind kind = MediaKind.of(fields[0]).orElseThrow(() -> error("unknown media kind " + shorten(fields[0])));
        String port = fields[1].indexOf('/') < 0 ? fields[1] : fields[1].substring(0, fields[1].indexOf('/'));
        current = MediaSectionParser.forMedia(
                kind, (int) number(port, 65535), fields[2], List.of(fields).subList(3, fields.length), line);
        sections.add(current);
    }

    private void readAttribute(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        switch (name) {
            case "group" -> readGroup(value);
            case "ice-lite" -> iceLite = true;
            case "extmap-allow-mixed" -> mixedExtensions = true;
            default -> current.attribute(line, name, value);
        }
    }

    private void readGroup(String value) {
        String[] fields = value.split(" ");
        if (fields.length > 0 && fields[0].equals("BUNDLE")) {
            bundle = List.of(fields).subList(1, fields.length);
        }
    }

    private long number(String text, long max) {
        return SdpText.number(line, text, max);
    }

    private MalformedSdpException error(String message) {
        return new MalformedSdpException(line, message);
    }

    private static String shorten(String text) {
        return SdpText.shorten(text);
    }
}

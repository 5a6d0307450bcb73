package dev.parley.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Says what a file is from its first bytes, by the magic numbers of its format, whatever it is called. What begins like nothing that is
 * known is text when it is UTF-8, else what its owner says, unless that is a format that would have been known.
 */
public final class Sniffer {
    /** As many bytes as are looked at. */
    public static final int HEAD_BYTES = 4096;

    /** What content is. @param risk of opening it */
    public record Sniffed(String type, Optional<Risk> risk) {
        static Sniffed harmless(String type) {
            return new Sniffed(type, Optional.empty());
        }
    }

    private record Magic(int offset, byte[] bytes, String type, Optional<Risk> risk) {
        static Magic at(int offset, String latin1, String type) {
            return new Magic(offset, latin1.getBytes(StandardCharsets.ISO_8859_1), type, Optional.empty());
        }

        static Magic program(String latin1, String type) {
            return new Magic(0, latin1.getBytes(StandardCharsets.ISO_8859_1), type, Optional.of(Risk.PROGRAM));
        }

        boolean fits(byte[] head) {
            return head.length >= offset + bytes.length
                    && Arrays.equals(head, offset, offset + bytes.length, bytes, 0, bytes.length);
        }
    }

    private static final List<Magic> MAGICS = List.of(
            Magic.at(0, "\u0089PNG\r\n\u001A\n", "image/png"),
            Magic.at(0, "\u00FF\u00D8\u00FF", "image/jpeg"),
            Magic.at(0, "GIF87a", "image/gif"),
            Magic.at(0, "GIF89a", "image/gif"),
            Magic.at(0, "BM", "image/bmp"),
            Magic.at(0, "II*\0", "image/tiff"),
            Magic.at(0, "MM\0*", "image/tiff"),
            Magic.at(0, "%PDF-", "application/pdf"),
            Magic.at(0, "ID3", "audio/mpeg"),
            Magic.at(0, "fLaC", "audio/flac"),
            Magic.at(0, "OggS", "audio/ogg"),
            Magic.at(0, "\u001A\u0045\u00DF\u00A3", "video/webm"),
            Magic.at(0, "\u001F\u008B", "application/gzip"),
            Magic.at(0, "7z\u00BC\u00AF\u0027\u001C", "application/x-7z-compressed"),
            Magic.at(0, "Rar!\u001A\u0007", "application/vnd.rar"),
            Magic.at(0, "(\u00B5/\u00FD", "application/zstd"),
            Magic.at(0, "\u00FD7zXZ\0", "application/x-xz"),
            Magic.at(0, "BZh", "application/x-bzip2"),
            Magic.at(257, "ustar", "application/x-tar"),
            Magic.at(0, "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "application/x-ole-storage"),
            Magic.at(0, "SQLite format 3\0", "application/vnd.sqlite3"),
            Magic.program("\u007FELF", "application/x-elf"),
            Magic.program("\u00FE\u00ED\u00FA\u00CE", "application/x-mach-binary"),
            Magic.program("\u00FE\u00ED\u00FA\u00CF", "application/x-mach-binary"),
            Magic.program("\u00CE\u00FA\u00ED\u00FE", "application/x-mach-binary"),
            Magic.program("\u00CF\u00FA\u00ED\u00FE", "application/x-mach-binary"),
            Magic.program("\u00CA\u00FE\u00BA\u00BE", "application/java-vm"),
            Magic.program("\0asm", "application/wasm"),
            Magic.program("dex\n", "application/vnd.android.dex"),
            Magic.program("L\0\0\0\u0001\u0014\u0002\0", "application/x-ms-shortcut"),
            Magic.program("#!", "text/x-script"));

    /** Formats that are known by their magic: who declares one and does not begin like it is not believed. */
    private static final Set<String> KNOWN = Set.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/bmp",
            "image/tiff",
            "image/webp",
            "image/avif",
            "image/heic",
            "application/pdf",
            "audio/flac",
            "audio/ogg",
            "audio/wav",
            "video/mp4",
            "video/webm",
            "video/quicktime",
            "application/zip",
            "application/gzip");

    /** Packages of files that are a format of their own, and hold nothing that runs by itself. */
    private static final List<String> ZIPPED = List.of(
            "application/vnd.openxmlformats-officedocument.",
            "application/vnd.oasis.opendocument.",
            "application/epub+zip",
            "application/vnd.google-earth.kmz",
            "application/zip");

    /** With what a page begins, once blank space is left out (WHATWG MIME sniffing, 7.1). */
    private static final List<String> PAGES = List.of(
            "<!doctype html",
            "<html",
            "<head",
            "<script",
            "<iframe",
            "<h1",
            "<div",
            "<font",
            "<table",
            "<a ",
            "<style",
            "<title",
            "<body",
            "<br",
            "<p>",
            "<p ",
            "<img",
            "<form",
            "<meta",
            "<object",
            "<embed",
            "<link");

    private static final String BINARY = FileRules.UNKNOWN_TYPE;

    private Sniffer() {}

    /** @param head the first {@value #HEAD_BYTES} bytes, or all of them @param declared what the owner says */
    public static Sniffed sniff(byte[] head, String declared) {
        if (startsWith(head, 0, "MZ") && looksLikeExecutable(head)) {
            return new Sniffed("application/vnd.microsoft.portable-executable", Optional.of(Risk.PROGRAM));
        }
        if (startsWith(head, 0, "PK\u0003\u0004")) {
            return zipped(head, declared);
        }
        Optional<Sniffed> boxed = boxed(head);
        if (boxed.isPresent()) {
            return boxed.get();
        }
        for (Magic magic : MAGICS) {
            if (magic.fits(head) && !(magic.type().equals("image/bmp") && isText(head))) {
                return new Sniffed(refined(magic.type(), declared, head), magic.risk());
            }
        }
        return isText(head) ? text(head, declared) : binary(head, declared);
    }

    /** Whether somebody who said that it is this, and sent that, wanted to deceive: a picture that is a program or a page. */
    public static boolean deceives(String declared, Sniffed found) {
        boolean looked = declared.startsWith("image/")
                || declared.startsWith("audio/")
                || declared.startsWith("video/")
                || declared.equals("application/pdf");
        boolean drawing = declared.equals("image/svg+xml") && found.type().equals(declared);
        return looked && !drawing && found.risk().isPresent();
    }

    /** The old header has the new one's place at 60; a text that begins with MZ has not. */
    private static boolean looksLikeExecutable(byte[] head) {
        return !isText(head) || head.length < 64;
    }

    /** Formats whose first bytes are a length or a container's name. */
    private static Optional<Sniffed> boxed(byte[] head) {
        if (startsWith(head, 0, "RIFF") && startsWith(head, 8, "WEBP")) {
            return Optional.of(Sniffed.harmless("image/webp"));
        }
        if (startsWith(head, 0, "RIFF") && startsWith(head, 8, "WAVE")) {
            return Optional.of(Sniffed.harmless("audio/wav"));
        }
        if (startsWith(head, 0, "RIFF") && startsWith(head, 8, "AVI ")) {
            return Optional.of(Sniffed.harmless("video/x-msvideo"));
        }
        if (!startsWith(head, 4, "ftyp") || head.length < 12) {
            return Optional.empty();
        }
        String brand = new String(head, 8, 4, StandardCharsets.ISO_8859_1);
        return Optional.of(Sniffed.harmless(
                switch (brand) {
                    case "avif", "avis" -> "image/avif";
                    case "heic", "heix", "hevc", "mif1" -> "image/heic";
                    case "M4A ", "M4B " -> "audio/mp4";
                    case "qt  " -> "video/quicktime";
                    default -> "video/mp4";
                }));
    }

    /** What one container carries in several formats, the owner may say. */
    private static String refined(String type, String declared, byte[] head) {
        return switch (type) {
            case "video/webm" -> declared.equals("audio/webm") || declared.equals("video/x-matroska") ? declared : type;
            case "audio/ogg" -> declared.equals("video/ogg") || declared.equals("application/ogg") ? declared : type;
            case "image/tiff" -> declared.startsWith("image/x-") ? declared : type;
            case "application/x-ole-storage" ->
                declared.equals("application/msword") || declared.startsWith("application/vnd.ms-") ? declared : type;
            case "text/x-script" -> scriptType(head);
            default -> type;
        };
    }

    private static String scriptType(byte[] head) {
        String line = new String(head, 0, Math.min(head.length, 80), StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        return line.contains("python") ? "text/x-python" : line.contains("sh") ? "text/x-shellscript" : "text/x-script";
    }

    /** Archives of classes and of phones' programs are programs; documents are told by their declared type. */
    private static Sniffed zipped(byte[] head, String declared) {
        String names = new String(head, StandardCharsets.ISO_8859_1);
        if (names.contains("AndroidManifest.xml") || names.contains("classes.dex")) {
            return new Sniffed("application/vnd.android.package-archive", Optional.of(Risk.PROGRAM));
        }
        if (names.startsWith("META-INF/", 30) || declared.equals("application/java-archive")) {
            return new Sniffed("application/java-archive", Optional.of(Risk.PROGRAM));
        }
        return Sniffed.harmless(ZIPPED.stream().anyMatch(declared::startsWith) ? declared : "application/zip");
    }

    private static Sniffed binary(byte[] head, String declared) {
        boolean mpeg = head.length > 1 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xE0) == 0xE0;
        if (mpeg && declared.startsWith("audio/")) {
            return Sniffed.harmless("audio/mpeg");
        }
        boolean believed = !KNOWN.contains(declared) && !declared.startsWith("text/") && !isActive(declared);
        return Sniffed.harmless(believed ? declared : BINARY);
    }

    private static Sniffed text(byte[] head, String declared) {
        String start =
                new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
        String lower = start.toLowerCase(Locale.ROOT);
        if (lower.startsWith("<?xml") || lower.startsWith("<!--") || lower.startsWith("<svg")) {
            boolean drawing = lower.contains("<svg");
            boolean page = lower.contains("<html") || lower.contains("<script");
            String type = drawing ? "image/svg+xml" : page || lower.startsWith("<!--") ? "text/html" : "text/xml";
            return new Sniffed(type, Optional.of(Risk.ACTIVE));
        }
        if (PAGES.stream().anyMatch(lower::startsWith)) {
            return new Sniffed("text/html", Optional.of(Risk.ACTIVE));
        }
        if (isActive(declared)) {
            return new Sniffed(declared, Optional.of(Risk.ACTIVE));
        }
        if (isProgram(declared)) {
            return new Sniffed(declared, Optional.of(Risk.PROGRAM));
        }
        boolean believed = declared.startsWith("text/")
                || declared.equals("application/json")
                || declared.equals("application/yaml")
                || declared.equals("application/x-ndjson")
                || declared.equals("application/sql");
        return Sniffed.harmless(believed ? declared : "text/plain");
    }

    /** What a browser may run when it shows it. */
    private static boolean isActive(String type) {
        return type.equals("text/html")
                || type.equals("text/xml")
                || type.equals("text/xsl")
                || type.equals("application/xml")
                || type.endsWith("+xml");
    }

    private static boolean isProgram(String type) {
        return type.endsWith("javascript")
                || type.endsWith("ecmascript")
                || type.equals("application/x-sh")
                || type.equals("text/x-sh")
                || type.equals("text/x-shellscript")
                || type.equals("application/x-bat")
                || type.equals("application/x-msdos-program")
                || type.equals("application/hta")
                || type.equals("text/vbscript")
                || type.startsWith("application/x-powershell");
    }

    private static boolean startsWith(byte[] head, int offset, String latin1) {
        byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= offset + wanted.length
                && Arrays.equals(head, offset, offset + wanted.length, wanted, 0, wanted.length);
    }

    /** UTF-8 without control characters but those of lines; the last character may be cut off. */
    private static boolean isText(byte[] head) {
        for (byte b : head) {
            if (b >= 0 && b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1B) {
                return false;
            }
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length + 1), false);
        return !result.isError();
    }
}

package dev.parley.files;

import dev.parley.contracts.files.FileDraft;
import dev.parley.contracts.files.FileLimits;
import dev.parley.kernel.Errors;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be asked for. Each check answers the value as it is kept, or refuses it by its field. */
final class FileRules {
    static final String UNKNOWN_TYPE = "application/octet-stream";

    static final Set<String> DEVICE_KINDS = Set.of(
            "browser", "desktop", "laptop", "phone", "tablet", "server", "kiosk", "meter", "camera", "box", "other");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,62}/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}");
    private static final Pattern USER_ID = Pattern.compile("u_[A-Za-z0-9_-]{1,40}");
    private static final Pattern DEVICE_ID = Pattern.compile("dv_[A-Za-z0-9_-]{1,40}");
    private static final Pattern CONVERSATION_ID =
            Pattern.compile("[cd]_[A-Za-z0-9_-]{1,64}|m_[a-z]{3}-[a-z]{4}-[a-z]{3}(\\.b_[A-Za-z0-9_-]{1,64})?");

    private FileRules() {}

    /** A name without a path, which every file system takes as one name and nobody takes for another's. */
    static String name(String name) {
        if (name == null || name.isBlank() || name.length() > FileLimits.NAME_CHARS || !isPlain(name)) {
            throw Errors.invalid("name", "name must have 1 to " + FileLimits.NAME_CHARS + " characters");
        }
        String kept = name.strip();
        if (kept.contains("/") || kept.contains("\\") || kept.equals(".") || kept.equals("..")) {
            throw Errors.invalid("name", "name must be a name without a path");
        }
        return kept;
    }

    static long size(FileDraft draft) {
        if (draft.size() == null || draft.size() < 1) {
            throw Errors.invalid("size", "size must be the file's bytes, 1 at least");
        }
        return draft.size();
    }

    static String hash(String field, String hash) {
        if (hash == null || !HASH.matcher(hash).matches()) {
            throw Errors.invalid(field, field + " must be a SHA-256 of 64 lower-case hexadecimal digits");
        }
        return hash;
    }

    static Chunks chunks(FileDraft draft) {
        int count = Chunks.countOf(draft.size());
        if (draft.chunks() == null || draft.chunks().size() != count) {
            throw Errors.invalid(
                    "chunks", "chunks must be the SHA-256 of each " + FileLimits.CHUNK_BYTES + " bytes, here " + count);
        }
        draft.chunks().forEach(hash -> hash("chunks", hash));
        if (count == 1 && !draft.chunks().getFirst().equals(draft.sha256())) {
            throw Errors.invalid("chunks", "the only chunk is the whole file, and so is its SHA-256");
        }
        return Chunks.ofHex(draft.chunks());
    }

    /** The declared type without parameters; what is no type is none. */
    static String type(String type) {
        if (type == null || type.isBlank()) {
            return UNKNOWN_TYPE;
        }
        String kept = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!MEDIA_TYPE.matcher(kept).matches()) {
            throw Errors.invalid("type", "type must be a media type");
        }
        return kept;
    }

    static String conversation(String id) {
        if (id == null || !CONVERSATION_ID.matcher(id).matches()) {
            throw Errors.invalid("conversation_id", "conversation_id must be the id of a conversation");
        }
        return id;
    }

    static List<String> users(List<String> ids) {
        return ids("users", ids, USER_ID);
    }

    static List<String> devices(List<String> ids) {
        return ids("devices", ids, DEVICE_ID);
    }

    private static List<String> ids(String field, List<String> ids, Pattern form) {
        if (ids == null) {
            return List.of();
        }
        if (ids.size() > FileLimits.NAMED_TARGETS
                || ids.stream().anyMatch(id -> id == null || !form.matcher(id).matches())) {
            throw Errors.invalid(field, field + " must be " + FileLimits.NAMED_TARGETS + " ids at most");
        }
        return ids.stream().distinct().toList();
    }

    static String kind(String kind) {
        if (kind == null || !DEVICE_KINDS.contains(kind)) {
            throw Errors.invalid(
                    "kind",
                    "kind must be one of "
                            + String.join(", ", DEVICE_KINDS.stream().sorted().toList()));
        }
        return kind;
    }

    /** A line for people, blank space around it left out. @return empty when there is none */
    static String line(String field, String text, int longest) {
        if (text == null) {
            return "";
        }
        if (text.length() > longest || !isPlain(text)) {
            throw Errors.invalid(field, field + " must be one line of " + longest + " characters at most");
        }
        return text.strip();
    }

    /** No control characters, no marks that turn the direction of writing round, no half of a surrogate pair. */
    private static boolean isPlain(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || c >= 0x202A && c <= 0x202E
                        || c >= 0x2066 && c <= 0x2069);
    }
}

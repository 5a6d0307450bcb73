package dev.parley.kernel;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a list that goes back in time was left: behind the entry of this time and id. What has the same time goes by its id, downwards.
 * Clients get it as a {@code cursor} and hand it back; what is in it is none of their business.
 *
 * @param id letters, digits and {@code _ - . #}, 100 at most
 */
public record Bookmark(Instant at, String id) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.#-]{1,100}");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public Bookmark {
        Objects.requireNonNull(at);
        Objects.requireNonNull(id);
    }

    /** As clients get it. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the query parameter {@code cursor}. @throws ApiException 400 when it is none that was given out */
    public static Optional<Bookmark> of(Optional<String> cursor) {
        return cursor.filter(text -> !text.isEmpty()).map(Bookmark::read);
    }

    private static Bookmark read(String cursor) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 2);
            if (parts.length == 2 && ID.matcher(parts[1]).matches()) {
                Instant at = Instant.parse(parts[0]);
                if (!at.isBefore(Instant.EPOCH) && !at.isAfter(LATEST)) {
                    return new Bookmark(at, parts[1]);
                }
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Answered below, like one that is out of range.
        }
        throw Errors.invalid("cursor", "cursor must be one of a reply");
    }

    /** Whether an entry comes behind it. */
    public boolean isBefore(Instant otherAt, String otherId) {
        int order = otherAt.compareTo(at);
        return order < 0 || order == 0 && otherId.compareTo(id) < 0;
    }
}

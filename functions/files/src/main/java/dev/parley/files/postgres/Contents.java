package dev.parley.files.postgres;

import dev.parley.files.FileSweep;
import dev.parley.files.Risk;
import dev.parley.files.Sniffer;
import dev.parley.files.StoredFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The tables {@code contents} and {@code doomed}, within transactions on files. Who gives a content to a file holds the content's row, and who
 * takes it from the last one too.
 */
final class Contents {
    private static final String DOOM = """
            INSERT INTO doomed (blob, upload, due) VALUES (?, ?, ?) ON CONFLICT (blob) DO NOTHING
            """;

    private Contents() {}

    /** The blob of a content, whose row is held until the transaction ends. */
    static Optional<String> hold(Connection connection, String sha256, String how) throws SQLException {
        return Sql.texts(connection, "SELECT blob FROM contents WHERE sha256 = ? " + how, sha256).stream()
                .findFirst();
    }

    /** Where the content is from now on: what was uploaded, unless somebody else's is there. */
    static String keep(Connection connection, StoredFile file, Sniffer.Sniffed found, Instant now) throws SQLException {
        while (true) {
            Sql.update(connection, """
                    INSERT INTO contents (sha256, size, chunks, type, risk, blob, created_at)
                    SELECT sha256, size, chunks, ?, ?, blob, ? FROM files WHERE id = ?
                    ON CONFLICT (sha256) DO NOTHING
                    """, found.type(), found.risk().map(Risk::wire), now, file.id());
            Optional<String> kept = hold(connection, file.sha256(), "FOR KEY SHARE");
            if (kept.isPresent()) {
                return kept.get();
            }
            // Somebody removed it between the two.
        }
    }

    static void doom(Connection connection, String blob, Optional<String> upload, Instant now) throws SQLException {
        Sql.update(connection, DOOM, blob, upload, now.plus(FileSweep.BURIED_AFTER));
    }

    /** Dooms a content that no file has. Whoever would give it to another file at this moment waits, and finds it gone. */
    static boolean doomIfUnused(Connection connection, String sha256, Instant now) throws SQLException {
        Optional<String> blob = hold(connection, sha256, "FOR UPDATE");
        if (blob.isEmpty() || Sql.number(connection, "SELECT count(*) FROM files WHERE content = ?", sha256) > 0) {
            return false;
        }
        Sql.update(connection, "DELETE FROM contents WHERE sha256 = ?", sha256);
        doom(connection, blob.get(), Optional.empty(), now);
        return true;
    }
}

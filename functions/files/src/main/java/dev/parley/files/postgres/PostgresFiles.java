package dev.parley.files.postgres;

import static dev.parley.files.postgres.Sql.optionalText;

import dev.parley.files.Chunks;
import dev.parley.files.FileRegister;
import dev.parley.files.FileState;
import dev.parley.files.Refusal;
import dev.parley.files.Sniffer;
import dev.parley.files.StoredFile;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Envelope;
import dev.parley.platform.postgres.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The tables {@code files}, {@code contents}, {@code shares} and {@code doomed}. Who adds a file of a content holds the content's row, and who
 * removes a content too: no file names a content that is gone. An account's files are counted by one at a time.
 */
public final class PostgresFiles implements FileRegister {
    private static final String INSERT = """
            INSERT INTO files (id, owner_id, name, size, sha256, chunks, declared_type, state, content, blob,
                share_with, created_at, ready_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String STORED = """
            SELECT coalesce(sum(size), 0) FROM files WHERE owner_id = ? AND state IN ('uploading', 'checking', 'ready')
            """;
    private static final String SAME = FileRows.SELECT + """
            WHERE f.owner_id = ? AND f.sha256 = ? AND f.size = ? AND f.name = ?
                AND (f.state = 'checking' OR f.state = 'uploading' AND f.expires_at > ?)
            ORDER BY f.created_at LIMIT 1
            """;

    /** What is one's own, what was pushed to one, and what is shared where one is: each of the three is found by an index. */
    private static final String REACHED = """
            WITH mine AS (
                SELECT push_id FROM push_people WHERE user_id = ?
                UNION SELECT d.push_id FROM deliveries d JOIN devices v ON v.id = d.device_id
                    WHERE d.user_id = ? AND v.removed_at IS NULL),
            pushed AS (
                SELECT p.file_id, p.sender_id, p.created_at FROM mine JOIN pushes p ON p.id = mine.push_id
                WHERE p.called_back_at IS NULL AND p.expires_at > ?)
            SELECT f.*, c.type, c.risk, c.blob AS where_it_is,
                (SELECT p.sender_id FROM pushed p WHERE p.file_id = f.id
                    ORDER BY p.created_at DESC LIMIT 1) AS pushed_by,
                ARRAY(SELECT s.conversation_id FROM shares s WHERE s.file_id = f.id AND s.conversation_id = ANY (?)
                    ORDER BY s.shared_at DESC, s.conversation_id) AS shared_in,
                ARRAY(SELECT s.shared_by FROM shares s WHERE s.file_id = f.id AND s.conversation_id = ANY (?)
                    ORDER BY s.shared_at DESC, s.conversation_id) AS shared_by
            FROM files f JOIN contents c ON c.sha256 = f.content
            WHERE f.state = 'ready' AND (f.created_at, f.id) < (?, ?)
                AND f.id IN (SELECT id FROM files WHERE owner_id = ? AND state <> 'removed'
                    UNION SELECT file_id FROM pushed
                    UNION SELECT file_id FROM shares WHERE conversation_id = ANY (?))
            ORDER BY f.created_at DESC, f.id DESC LIMIT ?
            """;
    /** Behind which everything comes. */
    private static final Bookmark NEWEST = new Bookmark(Instant.parse("9999-12-31T00:00:00Z"), "");

    private final Postgres postgres;

    public PostgresFiles(Postgres postgres) {
        this.postgres = Objects.requireNonNull(postgres);
    }

    @Override
    public Opening open(StoredFile wanted, Chunks chunks, boolean link, long quota) {
        return postgres.transaction(connection -> {
            Sql.list(
                    connection,
                    "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))",
                    row -> 0,
                    "files#" + wanted.ownerId());
            long used = Sql.number(connection, STORED, wanted.ownerId());
            boolean linked = link
                    && Contents.hold(connection, wanted.sha256(), "FOR KEY SHARE")
                            .isPresent();
            if (!linked) {
                Optional<StoredFile> same = same(connection, wanted);
                if (same.isPresent()) {
                    return new Opening(Opening.Kind.FOUND, same.get(), used);
                }
            }
            if (used + wanted.size() > quota) {
                return new Opening(Opening.Kind.FULL, wanted, used);
            }
            insert(connection, wanted, chunks, linked);
            return new Opening(
                    linked ? Opening.Kind.LINKED : Opening.Kind.BEGUN,
                    FileRows.find(connection, wanted.id()).orElseThrow(),
                    used);
        });
    }

    private static Optional<StoredFile> same(Connection connection, StoredFile wanted) throws SQLException {
        Optional<StoredFile> same = Sql.one(
                connection,
                SAME,
                FileRows::file,
                wanted.ownerId(),
                wanted.sha256(),
                wanted.size(),
                wanted.name(),
                wanted.createdAt());
        if (same.isEmpty() || wanted.shareWith().isEmpty()) {
            return same;
        }
        Sql.update(
                connection,
                "UPDATE files SET share_with = ? WHERE id = ?",
                wanted.shareWith(),
                same.get().id());
        return FileRows.find(connection, same.get().id());
    }

    private static void insert(Connection connection, StoredFile file, Chunks chunks, boolean linked)
            throws SQLException {
        Sql.update(
                connection,
                INSERT,
                file.id(),
                file.ownerId(),
                file.name(),
                file.size(),
                file.sha256(),
                chunks.bytes(),
                file.declaredType(),
                linked ? "ready" : "uploading",
                linked ? Optional.of(file.sha256()) : Optional.empty(),
                linked ? Optional.empty() : file.blob(),
                file.shareWith(),
                file.createdAt(),
                linked ? Optional.of(file.createdAt()) : Optional.empty(),
                file.expiresAt());
    }

    @Override
    public Optional<StoredFile> find(String fileId) {
        return postgres.query(connection -> FileRows.find(connection, fileId));
    }

    @Override
    public Chunks chunks(String fileId) {
        return postgres.query(connection -> Sql.one(
                        connection, "SELECT chunks FROM files WHERE id = ?", row -> Chunks.of(row.getBytes(1)), fileId)
                .orElseThrow());
    }

    @Override
    public Envelope.Page<StoredFile> page(String ownerId, Optional<FileState> state, int page, int pageSize) {
        String which = "WHERE f.owner_id = ? AND f.state <> 'removed' AND (?::text IS NULL OR f.state = ?)";
        Optional<String> word = state.map(FileState::wire);
        return postgres.transaction(connection -> new Envelope.Page<>(
                Sql.list(
                        connection,
                        FileRows.SELECT + which + " ORDER BY f.created_at DESC, f.id LIMIT ? OFFSET ?",
                        FileRows::file,
                        ownerId,
                        word,
                        word,
                        pageSize,
                        (page - 1L) * pageSize),
                Sql.number(connection, "SELECT count(*) FROM files f " + which, ownerId, word, word),
                page,
                pageSize));
    }

    @Override
    public boolean begun(String fileId, Optional<String> before, String upload) {
        return postgres.query(connection -> Sql.update(
                        connection,
                        "UPDATE files SET upload = ? WHERE id = ? AND state = 'uploading' AND upload IS NOT DISTINCT FROM ?",
                        upload,
                        fileId,
                        before)
                == 1);
    }

    @Override
    public boolean stored(String fileId) {
        return postgres.query(connection -> Sql.update(
                        connection,
                        "UPDATE files SET state = 'checking', upload = NULL WHERE id = ? AND state = 'uploading'",
                        fileId)
                == 1);
    }

    @Override
    public Optional<StoredFile> claim(String fileId, Instant now, Instant until) {
        return postgres.transaction(connection -> {
            int claimed = Sql.update(connection, """
                    UPDATE files SET claimed_until = ?
                    WHERE id = ? AND state = 'checking' AND (claimed_until IS NULL OR claimed_until < ?)
                    """, until, fileId, now);
            return claimed == 1 ? FileRows.find(connection, fileId) : Optional.empty();
        });
    }

    @Override
    public void giveBack(String fileId) {
        postgres.query(connection -> Sql.update(
                connection, "UPDATE files SET claimed_until = NULL WHERE id = ? AND state = 'checking'", fileId));
    }

    @Override
    public Optional<StoredFile> accept(String fileId, Sniffer.Sniffed found, Instant now) {
        return postgres.transaction(connection -> {
            Optional<StoredFile> checking = checking(connection, fileId);
            if (checking.isEmpty()) {
                return Optional.empty();
            }
            StoredFile file = checking.get();
            String mine = file.blob().orElseThrow();
            String kept = Contents.keep(connection, file, found, now);
            if (!kept.equals(mine)) {
                Contents.doom(connection, mine, Optional.empty(), now);
            }
            Sql.update(connection, """
                    UPDATE files SET state = 'ready', content = sha256, blob = NULL, claimed_until = NULL, ready_at = ?
                    WHERE id = ?
                    """, now, fileId);
            return FileRows.find(connection, fileId);
        });
    }

    @Override
    public Optional<StoredFile> refuse(String fileId, Refusal refusal, Instant now) {
        return postgres.transaction(connection -> {
            Optional<StoredFile> checking = checking(connection, fileId);
            if (checking.isEmpty()) {
                return Optional.empty();
            }
            Contents.doom(connection, checking.get().blob().orElseThrow(), Optional.empty(), now);
            Sql.update(
                    connection,
                    "UPDATE files SET state = 'refused', reason = ?, blob = NULL, claimed_until = NULL WHERE id = ?",
                    refusal.wire(),
                    fileId);
            return FileRows.find(connection, fileId);
        });
    }

    private static Optional<StoredFile> checking(Connection connection, String fileId) throws SQLException {
        return Sql.one(
                connection,
                FileRows.SELECT + "WHERE f.id = ? AND f.state = 'checking' FOR UPDATE OF f",
                FileRows::file,
                fileId);
    }

    @Override
    public Optional<Removal> remove(String fileId, Instant now) {
        return postgres.transaction(connection -> {
            Optional<StoredFile> found =
                    Sql.one(connection, FileRows.SELECT + "WHERE f.id = ? FOR UPDATE OF f", FileRows::file, fileId);
            if (found.isEmpty() || found.get().gone()) {
                return Optional.empty();
            }
            StoredFile file = found.get();
            if (!file.ready() && file.blob().isPresent()) {
                Contents.doom(connection, file.blob().get(), file.upload(), now);
            }
            Sql.update(connection, """
                    UPDATE files SET state = 'removed', content = NULL, blob = NULL, upload = NULL,
                        share_with = NULL, claimed_until = NULL
                    WHERE id = ?
                    """, fileId);
            if (file.ready()) {
                Contents.doomIfUnused(connection, file.sha256(), now);
            }
            List<String> conversations =
                    Sql.texts(connection, "DELETE FROM shares WHERE file_id = ? RETURNING conversation_id", fileId);
            List<String> pushes = Sql.texts(connection, """
                    UPDATE pushes SET called_back_at = ?
                    WHERE file_id = ? AND called_back_at IS NULL AND expires_at > ? RETURNING id
                    """, now, fileId, now);
            return Optional.of(new Removal(file, conversations, pushes));
        });
    }

    @Override
    public boolean share(String fileId, String conversationId, String by, Instant now) {
        return postgres.transaction(connection -> {
            boolean ready = !Sql.texts(
                            connection, "SELECT id FROM files WHERE id = ? AND state = 'ready' FOR SHARE", fileId)
                    .isEmpty();
            if (ready) {
                Sql.update(connection, """
                        INSERT INTO shares (file_id, conversation_id, shared_by, shared_at) VALUES (?, ?, ?, ?)
                        ON CONFLICT (file_id, conversation_id) DO NOTHING
                        """, fileId, conversationId, by, now);
            }
            return ready;
        });
    }

    @Override
    public boolean unshare(String fileId, String conversationId) {
        return postgres.query(connection -> Sql.update(
                        connection,
                        "DELETE FROM shares WHERE file_id = ? AND conversation_id = ?",
                        fileId,
                        conversationId)
                == 1);
    }

    @Override
    public List<String> conversations(String fileId) {
        return postgres.query(connection -> Sql.texts(
                connection,
                "SELECT conversation_id FROM shares WHERE file_id = ? ORDER BY shared_at, conversation_id",
                fileId));
    }

    @Override
    public boolean pushedTo(String fileId, String userOrDevice, Instant now) {
        return postgres.query(
                connection -> Sql.number(connection, """
                        SELECT count(*) FROM pushes p
                        WHERE p.file_id = ? AND p.called_back_at IS NULL AND p.expires_at > ?
                            AND (EXISTS (SELECT 1 FROM push_people w WHERE w.push_id = p.id AND w.user_id = ?)
                                OR EXISTS (SELECT 1 FROM deliveries d JOIN devices v ON v.id = d.device_id
                                    WHERE d.push_id = p.id AND v.removed_at IS NULL
                                        AND (d.device_id = ? OR d.user_id = ?)))
                        """, fileId, now, userOrDevice, userOrDevice, userOrDevice) > 0);
    }

    @Override
    public Optional<Use> use(String sha256, String userId, Instant now) {
        return postgres.transaction(connection -> {
            List<String> files = Sql.texts(
                    connection,
                    "SELECT id FROM files WHERE content = ? ORDER BY (owner_id = ?) DESC LIMIT 200",
                    sha256,
                    userId);
            if (files.isEmpty()) {
                return Optional.empty();
            }
            long own = Sql.number(
                    connection, "SELECT count(*) FROM files WHERE content = ? AND owner_id = ?", sha256, userId);
            long pushed = Sql.number(connection, """
                    SELECT count(*) FROM pushes p JOIN push_people w ON w.push_id = p.id
                    WHERE p.file_id = ANY (?) AND w.user_id = ? AND p.called_back_at IS NULL AND p.expires_at > ?
                    """, files, userId, now);
            List<String> conversations = Sql.texts(
                    connection, "SELECT DISTINCT conversation_id FROM shares WHERE file_id = ANY (?) LIMIT 50", files);
            return Optional.of(new Use(own > 0, pushed > 0, conversations));
        });
    }

    @Override
    public List<Reached> reached(
            String userId, List<String> conversations, Instant now, Optional<Bookmark> after, int limit) {
        Bookmark place = after.orElse(NEWEST);
        return postgres.query(connection -> Sql.list(
                connection,
                REACHED,
                row -> new Reached(FileRows.file(row), optionalText(row, "pushed_by"), shares(row)),
                userId,
                userId,
                now,
                conversations,
                conversations,
                place.at(),
                place.id(),
                userId,
                conversations,
                limit));
    }

    private static List<Share> shares(ResultSet row) throws SQLException {
        String[] where = (String[]) row.getArray("shared_in").getArray();
        String[] by = (String[]) row.getArray("shared_by").getArray();
        return IntStream.range(0, where.length)
                .mapToObj(i -> new Share(where[i], by[i]))
                .toList();
    }

    @Override
    public List<String> filesOf(String ownerId, int limit) {
        return postgres.query(connection -> Sql.texts(
                connection, "SELECT id FROM files WHERE owner_id = ? AND state <> 'removed' LIMIT ?", ownerId, limit));
    }

    @Override
    public List<String> expired(Instant now, int limit) {
        return postgres.query(connection -> Sql.texts(
                connection,
                "SELECT id FROM files WHERE state = 'uploading' AND expires_at <= ? ORDER BY expires_at LIMIT ?",
                now,
                limit));
    }

    @Override
    public boolean expire(String fileId, Instant now) {
        return postgres.transaction(connection -> {
            Optional<StoredFile> found = Sql.one(
                    connection,
                    FileRows.SELECT + "WHERE f.id = ? AND f.state = 'uploading' AND f.expires_at <= ? FOR UPDATE OF f",
                    FileRows::file,
                    fileId,
                    now);
            if (found.isEmpty()) {
                return false;
            }
            Contents.doom(
                    connection, found.get().blob().orElseThrow(), found.get().upload(), now);
            Sql.update(
                    connection,
                    "UPDATE files SET state = 'removed', blob = NULL, upload = NULL, share_with = NULL WHERE id = ?",
                    fileId);
            return true;
        });
    }

    @Override
    public List<String> unchecked(Instant now, int limit) {
        return postgres.query(connection -> Sql.texts(connection, """
                SELECT id FROM files WHERE state = 'checking' AND (claimed_until IS NULL OR claimed_until < ?)
                ORDER BY created_at LIMIT ?
                """, now, limit));
    }

    @Override
    public List<Doomed> doomed(Instant now, int limit) {
        return postgres.query(connection -> Sql.list(
                connection,
                "SELECT blob, upload FROM doomed WHERE due <= ? ORDER BY due LIMIT ?",
                row -> new Doomed(row.getString("blob"), optionalText(row, "upload")),
                now,
                limit));
    }

    @Override
    public void buried(String blob) {
        postgres.query(connection -> Sql.update(connection, "DELETE FROM doomed WHERE blob = ?", blob));
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return postgres.query(connection -> Sql.one(connection, """
                        SELECT least(
                            (SELECT min(expires_at) FROM files WHERE state = 'uploading'),
                            (SELECT min(coalesce(claimed_until, ?)) FROM files WHERE state = 'checking'),
                            (SELECT min(due) FROM doomed)) AS due
                        """, row -> Sql.optionalTime(row, "due"), now)
                .orElseThrow());
    }

    @Override
    public int doomUnused(Instant now, int limit) {
        List<String> unused = postgres.query(connection -> Sql.texts(connection, """
                SELECT sha256 FROM contents c WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.content = c.sha256)
                LIMIT ?
                """, limit));
        int doomed = 0;
        for (String sha256 : unused) {
            if (postgres.transaction(connection -> Contents.doomIfUnused(connection, sha256, now))) {
                doomed++;
            }
        }
        return doomed;
    }
}

package dev.parley.platform.audit;

import dev.parley.contracts.Wire;
import dev.parley.kernel.Actor;
import dev.parley.kernel.AuditAct;
import dev.parley.kernel.Envelope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table {@code audit_entries}. */
final class EntryRows {
    /** Held from the look at the last entry until the transaction ends, so that two never follow one. */
    private static final long LOCK = 0x7061_726c_6579_6175L;

    private static final String INSERT = """
            INSERT INTO audit_entries (seq, id, at, actor_id, actor_role, source_ip, request_id, act, subject, outcome,
                before, after, previous, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
            """;
    private static final String WHICH = """
             FROM audit_entries
            WHERE (?::text IS NULL OR actor_id = ?) AND (?::text IS NULL OR subject = ?)
              AND (?::text IS NULL OR act LIKE ?)
            """;

    private EntryRows() {}

    /** Adds entries at the end. @return where the chain ends then */
    static AuditHead append(Connection connection, List<AuditAct> acts) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
        }
        AuditHead head = head(connection);
        for (AuditAct act : acts) {
            if (!isThere(connection, act.id())) {
                AuditEntry entry = AuditEntry.after(head, exact(act));
                insert(connection, entry);
                head = entry.head();
            }
        }
        return head;
    }

    /** To the microsecond, as the database keeps it: what is hashed is what is read back. */
    private static AuditAct exact(AuditAct act) {
        return new AuditAct(
                act.id(),
                act.at().truncatedTo(ChronoUnit.MICROS),
                act.actor(),
                act.act(),
                act.subject(),
                act.outcome(),
                act.before(),
                act.after());
    }

    private static boolean isThere(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM audit_entries WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void insert(Connection connection, AuditEntry entry) throws SQLException {
        AuditAct act = entry.act();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, entry.seq());
            insert.setString(2, act.id());
            insert.setObject(3, act.at().atOffset(ZoneOffset.UTC));
            insert.setString(4, act.actor().id());
            insert.setString(5, act.actor().role());
            insert.setString(6, act.actor().sourceIp());
            insert.setString(7, act.actor().requestId());
            insert.setString(8, act.act());
            insert.setString(9, act.subject());
            insert.setString(10, act.outcome());
            insert.setString(11, Wire.write(new TreeMap<>(act.before())));
            insert.setString(12, Wire.write(new TreeMap<>(act.after())));
            insert.setBytes(13, AuditEntry.bytes(entry.previous()));
            insert.setBytes(14, AuditEntry.bytes(entry.hash()));
            insert.executeUpdate();
        }
    }

    static AuditHead head(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1")) {
            return row.next()
                    ? new AuditHead(row.getLong("seq"), AuditEntry.hex(row.getBytes("hash")))
                    : AuditHead.START;
        }
    }

    static Optional<AuditEntry> find(Connection connection, long seq) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM audit_entries WHERE seq = ?")) {
            select.setLong(1, seq);
            return list(select).stream().findFirst();
        }
    }

    static List<AuditEntry> after(Connection connection, long seq, int limit) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT * FROM audit_entries WHERE seq > ? ORDER BY seq LIMIT ?")) {
            select.setLong(1, seq);
            select.setInt(2, limit);
            return list(select);
        }
    }

    static Envelope.Page<AuditEntry> page(Connection connection, AuditQuery query) throws SQLException {
        long total;
        try (PreparedStatement count = connection.prepareStatement("SELECT count(*)" + WHICH)) {
            bind(count, query);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                total = row.getLong(1);
            }
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT *" + WHICH + " ORDER BY seq DESC LIMIT ? OFFSET ?")) {
            bind(select, query);
            select.setInt(7, query.pageSize());
            select.setLong(8, (query.page() - 1L) * query.pageSize());
            return new Envelope.Page<>(list(select), total, query.page(), query.pageSize());
        }
    }

    private static void bind(PreparedStatement statement, AuditQuery query) throws SQLException {
        String act = query.act()
                .map(text -> text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
                .map(text -> text.endsWith(".") ? text + "%" : text)
                .orElse(null);
        statement.setString(1, query.actor().orElse(null));
        statement.setString(2, query.actor().orElse(null));
        statement.setString(3, query.subject().orElse(null));
        statement.setString(4, query.subject().orElse(null));
        statement.setString(5, act);
        statement.setString(6, act);
    }

    private static List<AuditEntry> list(PreparedStatement select) throws SQLException {
        List<AuditEntry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.add(entry(row));
            }
        }
        return entries;
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        AuditAct act = new AuditAct(
                row.getString("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Actor(
                        row.getString("actor_id"),
                        row.getString("actor_role"),
                        row.getString("source_ip"),
                        row.getString("request_id")),
                row.getString("act"),
                row.getString("subject"),
                row.getString("outcome"),
                texts(row.getString("before")),
                texts(row.getString("after")));
        return new AuditEntry(
                row.getLong("seq"),
                act,
                AuditEntry.hex(row.getBytes("previous")),
                AuditEntry.hex(row.getBytes("hash")));
    }

    /** Whatever stands there, as texts: what somebody put in its place must be read to be found out. */
    static Map<String, String> texts(String json) {
        Map<String, String> texts = new LinkedHashMap<>();
        Wire.tree(json)
                .properties()
                .forEach(value -> texts.put(
                        value.getKey(),
                        value.getValue().isString() ? value.getValue().asString() : "no text: " + value.getValue()));
        return texts;
    }
}

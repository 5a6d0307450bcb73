package dev.parley.files.postgres;

import static dev.parley.files.postgres.Sql.optionalText;
import static dev.parley.files.postgres.Sql.optionalTime;
import static dev.parley.files.postgres.Sql.time;

import dev.parley.files.FileState;
import dev.parley.files.Refusal;
import dev.parley.files.Risk;
import dev.parley.files.StoredFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Rows of the table {@code files}, each with what its content is and where its bytes are. */
final class FileRows {
    /** To be followed by a condition on {@code f}. */
    static final String SELECT = """
            SELECT f.*, c.type, c.risk, coalesce(c.blob, f.blob) AS where_it_is
            FROM files f LEFT JOIN contents c ON c.sha256 = f.content
            """;

    private FileRows() {}

    static Optional<StoredFile> find(Connection connection, String fileId) throws SQLException {
        return Sql.one(connection, SELECT + "WHERE f.id = ?", FileRows::file, fileId);
    }

    static StoredFile file(ResultSet row) throws SQLException {
        return new StoredFile(
                row.getString("id"),
                row.getString("owner_id"),
                row.getString("name"),
                row.getLong("size"),
                row.getString("sha256"),
                row.getString("declared_type"),
                FileState.of(row.getString("state")),
                optionalText(row, "reason").map(Refusal::of),
                optionalText(row, "type"),
                optionalText(row, "risk").map(Risk::of),
                optionalText(row, "where_it_is"),
                optionalText(row, "upload"),
                optionalText(row, "share_with"),
                time(row, "created_at"),
                optionalTime(row, "ready_at"),
                time(row, "expires_at"));
    }
}

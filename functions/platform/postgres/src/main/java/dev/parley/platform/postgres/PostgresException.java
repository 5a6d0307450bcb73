package dev.parley.platform.postgres;

import java.sql.SQLException;

/** The database refused a statement. {@link #isUniqueViolation()} is the one case that callers decide by. */
public final class PostgresException extends RuntimeException {
    public PostgresException(SQLException cause) {
        super("PostgreSQL refused, state " + cause.getSQLState(), cause);
    }

    /** Whether a row of that key is there already. */
    public boolean isUniqueViolation() {
        return SqlStates.isUniqueViolation((SQLException) getCause());
    }
}

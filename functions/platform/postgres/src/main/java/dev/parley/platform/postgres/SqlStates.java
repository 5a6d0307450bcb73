package dev.parley.platform.postgres;

import java.sql.SQLException;
import java.util.Set;

/** What PostgreSQL's SQLSTATE codes mean here (PostgreSQL manual, appendix A). */
public final class SqlStates {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final Set<String> RETRIABLE = Set.of("40001", "40P01");
    private static final Set<String> UNREACHABLE = Set.of("57P01", "57P02", "57P03", "53300");

    private SqlStates() {}

    /** Whether a row of that key is there already. */
    public static boolean isUniqueViolation(SQLException e) {
        return UNIQUE_VIOLATION.equals(e.getSQLState());
    }

    /** Whether the transaction lost against another and may simply run again. */
    static boolean isRetriable(SQLException e) {
        return e.getSQLState() != null && RETRIABLE.contains(e.getSQLState());
    }

    /** Whether the database is away, starting or full: class 08, or an administrator's or operating state. */
    static boolean isUnreachable(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                if (state.startsWith("08") || UNREACHABLE.contains(state)) {
                    return true;
                }
            }
        }
        return false;
    }
}

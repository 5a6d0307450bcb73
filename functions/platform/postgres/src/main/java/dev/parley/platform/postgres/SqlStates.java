package dev.parley.platform.postgres;

import java.sql.SQLException;
import java.util.Set;

/** What PostgreSQL's SQLSTATE codes mean here (PostgreSQL manual, appendix A). */
public final class SqlStates {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final Set<String> RETRIABLE = Set.of("40001", "40P01");
    private static final Set<String> UNREACHABLE = Set.of("57P01", "57P02", "57P03", "53300");
    private static final Set<String> BUSY = Set.of("55P03", "57014", "25006");

    private SqlStates() {}

    /** Whether a row of that key is there already. */
    public static boolean isUniqueViolation(SQLException e) {
        return UNIQUE_VIOLATION.equals(e.getSQLState());
    }

    /** Whether there is no table of that name. */
    static boolean isUndefinedTable(SQLException e) {
        return UNDEFINED_TABLE.equals(e.getSQLState());
    }

    /** Whether the transaction lost against another and may simply run again. */
    static boolean isRetriable(SQLException e) {
        return e.getSQLState() != null && RETRIABLE.contains(e.getSQLState());
    }

    /**
     * Whether the database is there and cannot do it now: others are in the way, a lock or the time was not to be had, class 53 (too few
     * resources), or it has just become a reader.
     */
    static boolean isBusy(SQLException e) {
        String state = e.getSQLState();
        return state != null && (RETRIABLE.contains(state) || BUSY.contains(state) || state.startsWith("53"));
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

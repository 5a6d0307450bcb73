package dev.parley.kernel;

import java.util.Objects;

/**
 * Who does something that is kept in the audit log, and from where.
 *
 * @param id user or guest id; {@link #OPERATOR} for somebody at a command line of the installation, {@link #SYSTEM} for nobody
 * @param role what the account is, as on the wire
 * @param sourceIp the client's address as the gateway saw it
 * @param requestId the request, as the reply and the log name it
 */
public record Actor(String id, String role, String sourceIp, String requestId) {
    /** Whoever may run commands beside the database needs no account. */
    public static final String OPERATOR = "operator";
    /** What happens by itself, by a rule. */
    public static final String SYSTEM = "system";

    public Actor {
        Objects.requireNonNull(id);
        Objects.requireNonNull(role);
        Objects.requireNonNull(sourceIp);
        Objects.requireNonNull(requestId);
    }

    /** The caller of a request. */
    public static Actor of(Principal caller, String sourceIp, String requestId) {
        return new Actor(caller.userId(), caller.role().wireName(), sourceIp, requestId);
    }

    /** Somebody at the command line. @param requestId a fresh one, for nothing else names the command */
    public static Actor operator(String requestId) {
        return new Actor(OPERATOR, OPERATOR, "local", requestId);
    }

    /** Nobody: a rule. @param requestId a fresh one, for no request brought it about */
    public static Actor system(String requestId) {
        return new Actor(SYSTEM, SYSTEM, "local", requestId);
    }
}

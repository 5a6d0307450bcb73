package dev.parley.kernel.tokens;

import java.util.Objects;

/** A token that is not accepted, and why. The reason is for logs and tests; a client learns only whether refreshing helps. */
public final class TokenException extends RuntimeException {
    /** Why a token is refused. */
    public enum Reason {
        /** Not a signed token at all, or longer than any of ours. */
        MALFORMED,
        /** Signed with another algorithm than ours, or with header parameters we do not know. */
        ALGORITHM,
        /** Signed with a key that is not in the set. */
        UNKNOWN_KEY,
        /** The signature does not fit. */
        SIGNATURE,
        /** From somebody else. */
        ISSUER,
        /** For somebody else. */
        AUDIENCE,
        /** Over. Refreshing helps. */
        EXPIRED,
        /** From the future, beyond what clocks may differ. */
        NOT_YET_VALID,
        /** Our own signature over claims that are not complete. */
        CLAIMS
    }

    private final Reason reason;

    public TokenException(Reason reason, Throwable cause) {
        super("Token refused: " + reason, cause, false, cause != null);
        this.reason = Objects.requireNonNull(reason);
    }

    public TokenException(Reason reason) {
        this(reason, null);
    }

    public Reason reason() {
        return reason;
    }
}

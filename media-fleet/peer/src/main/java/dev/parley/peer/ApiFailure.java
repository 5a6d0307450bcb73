package dev.parley.peer;

import java.io.IOException;

/** The API answered with a failure. */
public final class ApiFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    ApiFailure(int status, String code, String message) {
        super(status + " " + code + ": " + message);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The stable error code, such as {@code meeting.full}. */
    public String code() {
        return code;
    }
}

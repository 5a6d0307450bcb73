package dev.parley.kernel;

import java.time.Duration;
import java.util.Map;

/** The failures that any function may answer. Those of one context are in that context. */
public enum Errors implements ErrorCode {
    REQUEST_INVALID(400, "request.invalid", "The request is not valid."),
    REQUEST_UNREADABLE(400, "request.unreadable", "The body is not valid JSON."),
    ORIGIN_REFUSED(403, "request.origin", "This origin may not make this request."),
    CSRF_REFUSED(403, "request.csrf", "The X-CSRF-Token header is missing or does not belong to this session."),
    TOKEN_MISSING(401, "auth.required", "Sign in first: the request carries no bearer token."),
    TOKEN_INVALID(401, "auth.invalid", "The token is not valid: sign in again."),
    TOKEN_EXPIRED(401, "auth.expired", "The token has expired: refresh it."),
    TOKEN_REVOKED(401, "auth.revoked", "The token was taken back: refresh it, or sign in again."),
    FORBIDDEN(403, "auth.forbidden", "This account may not do that."),
    NOT_FOUND(404, "request.not_found", "There is nothing at this address."),
    METHOD_NOT_ALLOWED(405, "request.method", "This address does not take this method."),
    CONFLICT(409, "request.conflict", "Somebody changed this at the same time: read it again."),
    BODY_TOO_LARGE(413, "request.too_large", "The body is too large."),
    MEDIA_TYPE(415, "request.media_type", "The body must be application/json."),
    RATE_LIMITED(429, "rate.limited", "Too many requests: wait a moment."),
    INTERNAL(500, "internal", "Something went wrong on our side."),
    STORE_WAKING(503, "store.waking", "The database is waking up: try again in a few seconds."),
    STORE_UNAVAILABLE(503, "store.unavailable", "A store does not answer: try again in a few seconds.");

    private final int status;
    private final String code;
    private final String message;

    Errors(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String message() {
        return message;
    }

    /** 400 {@code request.invalid} for one field, named as it is on the wire. */
    public static ApiException invalid(String field, String message) {
        return REQUEST_INVALID.exception(message, Map.of("field", field));
    }

    /** 429 {@code rate.limited} with the time after which a request fits again. */
    public static ApiException limited(Duration retryAfter) {
        return RATE_LIMITED.retryAfter(retryAfter);
    }
}

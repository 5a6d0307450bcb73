package dev.parley.identity;

import dev.parley.kernel.ErrorCode;

/** The refusals of this context. */
public enum IdentityErrors implements ErrorCode {
    USER_EXISTS(409, "user.exists", "This username or e-mail address is taken."),
    USER_GONE(404, "user.not_found", "This account does not exist any more."),
    USER_BANNED(403, "user.banned", "This account is suspended."),
    ONESELF(403, "admin.oneself", "Nobody bans, demotes or removes themselves."),
    LAST_ADMIN(409, "admin.last", "This is the last administrator: make another one first."),
    CREDENTIALS(401, "auth.credentials", "The username or the password is wrong."),
    LOCKED(429, "auth.locked", "Too many wrong passwords: wait before trying again."),
    REFRESH_INVALID(401, "auth.refresh_invalid", "The session is over: sign in again."),
    REFRESH_REUSED(
            401, "auth.refresh_reused", "This refresh token was used before, so its session was ended: sign in again."),
    SESSION_GONE(404, "session.not_found", "This session is over already, or is not yours."),
    RESET_CODE(400, "auth.reset_code", "This code is wrong or over: ask for a new one."),
    PASSWORD(403, "auth.password", "The password is wrong."),
    PICTURE_TYPE(415, "avatar.type", "A picture must be PNG, JPEG or WebP."),
    PICTURE_DIMENSIONS(422, "avatar.dimensions", "The picture has too many pixels: 24 million at most."),
    PICTURE_UNREADABLE(
            422, "avatar.unreadable", "The picture cannot be read: it is damaged, or of a kind that is not known."),
    LIMITS(400, "admin.limits", "limits must name at least one limit and its new value."),
    OLD_PASSWORD(403, "auth.old_password", "The old password is wrong.");

    private final int status;
    private final String code;
    private final String message;

    IdentityErrors(int status, String code, String message) {
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
}

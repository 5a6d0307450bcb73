package dev.parley.notifications;

import dev.parley.kernel.ErrorCode;

/** How notifications fail. */
public enum NoticeErrors implements ErrorCode {
    NOT_FOUND(404, "notification.not_found", "There is no such notification; they are kept for 30 days.");

    private final int status;
    private final String code;
    private final String message;

    NoticeErrors(int status, String code, String message) {
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

package dev.parley.notifications;

import dev.parley.kernel.ErrorCode;

/** How notifications fail. */
public enum NoticeErrors implements ErrorCode {
    NOT_FOUND(404, "notification.not_found", "There is no such notification; they are kept for 30 days."),
    NO_DELIVERY(404, "notification.no_delivery", "There is no such delivery; they are kept for 30 days."),
    PENDING(409, "notification.pending", "It is on its way: there is nothing to repeat yet."),
    NO_SUBSCRIPTION(404, "notification.no_subscription", "There is no such subscription."),
    CODE(400, "notification.code", "This is not the code that was sent, or its time is over: ask for another one."),
    TEXT(502, "notification.text", "The text message could not be sent: check the number, or try again later."),
    PUSH_SERVICE(
            422,
            "notification.push_service",
            "Nothing is sent to this service: its host is none of those that this installation names.");

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

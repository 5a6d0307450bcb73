package dev.parley.webhooks;

import dev.parley.kernel.ErrorCode;

/** How webhooks fail. */
public enum WebhookErrors implements ErrorCode {
    NOT_FOUND(404, "webhook.not_found", "There is no such webhook, or it is not yours."),
    NO_DELIVERY(404, "webhook.no_delivery", "There is no such delivery; they are kept for 30 days."),
    TOO_MANY(409, "webhook.limit", "You have as many webhooks as you can have: delete one first."),
    PENDING(409, "webhook.pending", "The delivery is on its way: there is nothing to repeat yet."),
    DISABLED(409, "webhook.disabled", "The webhook is disabled: enable it first."),
    ADDRESS(422, "webhook.address", "The address is not on the public internet, or its name is not known.");

    private final int status;
    private final String code;
    private final String message;

    WebhookErrors(int status, String code, String message) {
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

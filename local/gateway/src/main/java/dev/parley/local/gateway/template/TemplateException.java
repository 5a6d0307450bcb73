package dev.parley.local.gateway.template;

/** The template cannot be used; the message names the place in it and what is wrong there. */
public final class TemplateException extends RuntimeException {
    public TemplateException(String message) {
        super(message);
    }

    public TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.parley.platform.objects;

/** The server understood a request and refuses what it says of the objects. */
final class RefusedException extends RuntimeException {
    RefusedException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}

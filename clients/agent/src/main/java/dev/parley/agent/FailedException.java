package dev.parley.agent;

/** A file cannot be had; the reason is what its sender is told. */
final class FailedException extends Exception {
    /** Worth another attempt by itself, later. */
    private final boolean mayPass;

    FailedException(String reason, boolean mayPass) {
        super(reason);
        this.mayPass = mayPass;
    }

    boolean mayPass() {
        return mayPass;
    }
}

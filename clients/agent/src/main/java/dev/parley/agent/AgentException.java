package dev.parley.agent;

/** The agent cannot go on; the message says what a person can do, the code is the program's exit code. */
final class AgentException extends RuntimeException {
    private final int exitCode;

    AgentException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}

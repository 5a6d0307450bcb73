package dev.parley.agent;

/** Exit codes of the program. */
final class Exit {
    /** All that was pushed is there. */
    static final int DONE = 0;
    /** Something that was pushed could not be fetched. */
    static final int FAILED = 1;
    /** Wrong arguments. */
    static final int USAGE = 2;
    /** The device is not registered, or the server does not take its credential any more. */
    static final int CREDENTIAL = 3;
    /** The server does not answer. */
    static final int UNREACHABLE = 4;
    /** The folder cannot be used: another agent has it, or nothing can be written there. */
    static final int FOLDER = 5;

    private Exit() {}
}

package dev.parley.rtp.sdp;

import dev.parley.rtp.MalformedPacketException;

/** A session description that breaks its grammar or its size limits. */
public final class MalformedSdpException extends MalformedPacketException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * Creates the exception.
     *
     * @param line the line's number from 1, 0 when no single line is to blame
     * @param message what is wrong
     */
    public MalformedSdpException(int line, String message) {
        super(line == 0 ? message : "line " + line + ": " + message);
        this.line = line;
    }

    /** The line's number from 1, 0 when no single line is to blame. */
    public int line() {
        return line;
    }
}

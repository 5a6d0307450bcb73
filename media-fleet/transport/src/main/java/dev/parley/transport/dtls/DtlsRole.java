package dev.parley.transport.dtls;

/** Which side of the DTLS handshake we are (RFC 8842 section 5). */
public enum DtlsRole {
    /** We wait for the other side's ClientHello: the answer to {@code actpass} or {@code active}. */
    SERVER("passive"),
    /** We send the ClientHello: the answer to {@code passive}. */
    CLIENT("active");

    private final String setup;

    DtlsRole(String setup) {
        this.setup = setup;
    }

    /** The value of our {@code a=setup} line. */
    public String setup() {
        return setup;
    }

    /** The role we take for the {@code a=setup} value of an offer; {@code passive} alone makes us the client. */
    public static DtlsRole answering(String offeredSetup) {
        return "passive".equals(offeredSetup) ? CLIENT : SERVER;
    }
}

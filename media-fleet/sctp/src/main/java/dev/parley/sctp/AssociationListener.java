package dev.parley.sctp;

/**
 * What an {@link SctpAssociation} tells its owner. Every method is called from inside a call of the association, on the
 * caller's thread; it may call the association again.
 */
public interface AssociationListener {

    /**
     * One SCTP packet to put into one DTLS record.
     *
     * @param bytes reused by the next packet: send or copy before returning
     */
    void packet(byte[] bytes, int offset, int length);

    /** The handshake is complete: messages flow from here on. */
    void established();

    /**
     * A whole message arrived.
     *
     * @param payload a fresh array, the receiver's to keep
     */
    void message(int streamId, int payloadProtocol, byte[] payload);

    /** The peer has reset its outgoing side of a stream (RFC 6525): it will send nothing more there until it starts anew. */
    void incomingStreamReset(int streamId);

    /** Our reset of the outgoing side of a stream was answered; the number may be used again. */
    void outgoingStreamReset(int streamId);

    /** The association has ended; called once, and nothing after it. */
    void closed(CloseReason reason);
}

package dev.parley.bench.wire;

import dev.parley.rtp.sdp.IceCandidate;
import dev.parley.rtp.sdp.IceCredentials;
import dev.parley.rtp.sdp.MediaDescription;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.dtls.Fingerprint;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * What a transport must know of the other side.
 *
 * @param address where it takes media
 * @param controlling whether we are the controlling agent of ICE
 * @param dtls our role
 * @param mediaSsrcs the streams that carry media, those of retransmission not among them; empty: all do
 * @param transportSequenceId under which id what we receive carries transport-wide numbers, 0 when it does not
 */
public record RemoteSide(
        InetSocketAddress address,
        IceCredentials ice,
        Fingerprint fingerprint,
        boolean controlling,
        DtlsRole dtls,
        Set<Long> mediaSsrcs,
        int transportSequenceId) {
    /**
     * Reads the transport of a description whose sections share one: the first with credentials and a fingerprint, and the first candidate of UDP over IPv4.
     *
     * @throws IOException when something of it is missing
     */
    public static RemoteSide read(
            SessionDescription session,
            boolean controlling,
            DtlsRole dtls,
            Set<Long> mediaSsrcs,
            int transportSequenceId)
            throws IOException {
        MediaDescription transport = session.media().stream()
                .filter(section ->
                        section.ice().isPresent() && !section.fingerprints().isEmpty())
                .findFirst()
                .orElseThrow(() -> new IOException("the description has no transport"));
        IceCandidate candidate = session.media().stream()
                .flatMap(section -> section.candidates().stream())
                .filter(one -> one.transport().equalsIgnoreCase("udp"))
                .filter(one -> one.address().matches("[0-9.]+"))
                .findFirst()
                .orElseThrow(() -> new IOException("the description has no UDP candidate of IPv4"));
        var announced = transport.fingerprints().getFirst();
        return new RemoteSide(
                new InetSocketAddress(candidate.address(), candidate.port()),
                transport.ice().get(),
                new Fingerprint(announced.algorithm(), announced.value()),
                controlling,
                dtls,
                mediaSsrcs,
                transportSequenceId);
    }

    /** The SSRC of a section's media, not of its retransmissions. */
    public static long mediaSsrc(MediaDescription section) {
        return section.sourceGroups().isEmpty()
                ? section.sources().getFirst().ssrc()
                : section.sourceGroups().getFirst().ssrcs().getFirst();
    }

    /** Address in the upper half, port in the lower. */
    long packed() throws IOException {
        InetAddress host = address.getAddress();
        if (!(host instanceof Inet4Address)) {
            throw new IOException("this load generator speaks IPv4, not to " + address);
        }
        return (long) AddressPlan.number(host) << 32 | address.getPort();
    }
}

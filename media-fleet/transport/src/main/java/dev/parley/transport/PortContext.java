package dev.parley.transport;

import dev.parley.transport.dtls.DtlsIdentity;
import dev.parley.transport.srtp.SrtpCrypto;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * What every session of a port is given.
 *
 * @param settings the port's limits
 * @param identity our DTLS certificate
 * @param crypto where SRTP's ciphers come from
 * @param random for credentials and tags
 * @param nanoClock the clock of the sessions' threads; the same that the agent passes to its port
 */
record PortContext(
        MediaPortSettings settings,
        DtlsIdentity identity,
        SrtpCrypto crypto,
        SecureRandom random,
        LongSupplier nanoClock) {}

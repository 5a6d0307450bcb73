package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.transport.dtls.DtlsRole;
import dev.parley.transport.ice.IceCredentials;
import dev.parley.transport.srtp.SrtpCrypto;
import dev.parley.transport.udp.MemoryUdpEngine;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that is opened and closed within one duty cycle ends before its port has taken it in. */
class ClosedBeforeKnownTest {
    private final MediaPort port = new MediaPort(
            MediaPortSettings.defaults(),
            new MemoryUdpEngine(),
            RunningPort.IDENTITY,
            SrtpCrypto.best(),
            new SecureRandom(),
            () -> 0);

    @Test
    void itGivesItsPlaceBack() {
        List<TransportSession> hasty = new ArrayList<>();
        TransportSession first = open(new RecordingListener() {
            @Override
            public void closed(CloseReason reason, String detail) {
                // The port is past this cycle's commands and goes on through what sessions have to say.
                TransportSession second = open(new RecordingListener());
                second.close(CloseReason.LOCAL, "");
                hasty.add(second);
            }
        });
        first.close(CloseReason.LOCAL, "");
        port.doWork(1);
        port.doWork(2);

        assertThat(hasty).singleElement().extracting(TransportSession::state).isEqualTo(SessionState.CLOSED);
        assertThat(port.counters().sessions()).isZero();
        assertThat(port.knownFragments()).isZero();
    }

    private TransportSession open(TransportListener listener) {
        return port.open(
                new SessionRequest(
                        IceCredentials.generate(new SecureRandom()),
                        RunningPort.IDENTITY.fingerprint(),
                        DtlsRole.SERVER),
                listener);
    }
}

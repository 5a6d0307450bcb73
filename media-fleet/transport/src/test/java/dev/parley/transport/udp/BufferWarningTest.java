package dev.parley.transport.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferWarningTest {
    @Test
    void saysWhatIsShortAndWhatToSet() {
        assertThat(BufferWarning.of("SO_RCVBUF", 212_992, 4 << 20, "net.core.rmem_max"))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("SO_RCVBUF is 212992 bytes", "4194304 were asked for")
                        .endsWith("sysctl -w net.core.rmem_max=4194304"));
        assertThat(BufferWarning.of("SO_RCVBUF", 4 << 20, 4 << 20, "net.core.rmem_max"))
                .isEmpty();
    }
}

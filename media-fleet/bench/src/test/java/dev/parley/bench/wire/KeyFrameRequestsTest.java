package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyFrameRequestsTest {
    private final List<Long> asked = new ArrayList<>();
    private final ByteBuffer compound = ByteBuffer.allocate(100);

    @Test
    void findsThemBehindAReport() {
        compound.putInt(0x80C9_0001).putInt(1); // receiver report
        compound.putInt(0x81CE_0002).putInt(1).putInt(2001); // PLI
        compound.putInt(0x84CE_0004).putInt(1).putInt(0).putInt(0xFFFF_FFFE).putInt(0); // FIR
        KeyFrameRequests.find(compound.array(), compound.position(), asked::add);
        assertThat(asked).containsExactly(2001L, 0xFFFF_FFFEL);
    }

    @Test
    void otherFeedbackAndWhatDoesNotVerifyAskNothing() {
        compound.putInt(0x8FCD_0002).putInt(1).putInt(2001); // transport feedback
        KeyFrameRequests.find(compound.array(), compound.position(), asked::add);
        KeyFrameRequests.find(compound.array(), -1, asked::add);
        assertThat(asked).isEmpty();
    }
}

package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ControlMessagesTest {
    private final ByteBuffer block = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
    private final ControlMessages told = new ControlMessages();
    private int end = 8;

    private void add(int level, int type, int size) {
        block.putLong(end, 16 + size).putInt(end + 8, level).putInt(end + 12, type);
        end += 16 + (size + 7 & -8);
    }

    @Test
    void readsWhatTheKernelSaysInAnyOrder() {
        block.putLong(24, 7).putLong(32, 11);
        add(ControlMessages.SOL_SOCKET, ControlMessages.SO_TIMESTAMPNS, 16);
        block.putInt(end + 16, 1150);
        add(ControlMessages.SOL_UDP, ControlMessages.UDP_GRO, 4);
        block.putInt(end + 24, Integer.reverseBytes(AddressPlan.address(3)));
        add(ControlMessages.IPPROTO_IP, ControlMessages.IP_PKTINFO, 12);
        block.putInt(end + 16, 42);
        add(ControlMessages.SOL_SOCKET, ControlMessages.SO_RXQ_OVFL, 4);
        told.read(block, 8, end - 8);
        assertThat(told.arrivedNanos()).isEqualTo(7_000_000_011L);
        assertThat(told.segmentBytes()).isEqualTo(1150);
        assertThat(AddressPlan.index(told.destination())).isEqualTo(3);
        assertThat(told.dropped()).isEqualTo(42);
    }

    @Test
    void forgetsTheMessageBefore() {
        readsWhatTheKernelSaysInAnyOrder();
        told.read(block, 8, 0);
        assertThat(told.arrivedNanos()).isZero();
        assertThat(told.segmentBytes()).isZero();
        assertThat(told.destination()).isZero();
        assertThat(told.dropped()).isZero();
    }

    @Test
    void stopsAtALengthThatCannotBe() {
        block.putLong(8, 4000).putInt(16, ControlMessages.SOL_UDP).putInt(20, ControlMessages.UDP_GRO);
        assertThat(told.read(block, 8, 40).segmentBytes()).isZero();
    }
}

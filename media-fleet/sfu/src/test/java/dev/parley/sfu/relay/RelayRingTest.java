package dev.parley.sfu.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayRingTest {
    private static void write(RelayRing ring, int value, Object object) {
        int at = ring.claim(0);
        assertThat(at).isNotEqualTo(RelayRing.NONE);
        ring.memory().putInt(at, value);
        ring.commit(object);
    }

    @Test
    void whatIsWrittenIsReadInOrderWithItsObjects() {
        RelayRing ring = new RelayRing(4);
        assertThat(ring.next()).isEqualTo(RelayRing.NONE);
        write(ring, 1, null);
        write(ring, 2, "two");
        assertThat(ring.memory().getInt(ring.next())).isEqualTo(1);
        assertThat(ring.advance()).isNull();
        assertThat(ring.memory().getInt(ring.next())).isEqualTo(2);
        assertThat(ring.advance()).isEqualTo("two");
        assertThat(ring.next()).isEqualTo(RelayRing.NONE);
    }

    @Test
    void aFullRingSaysSoUntilSlotsAreGivenBack() {
        RelayRing ring = new RelayRing(4);
        for (int i = 0; i < 4; i++) {
            write(ring, i, null);
        }
        assertThat(ring.claim(0)).isEqualTo(RelayRing.NONE);
        int first = ring.next();
        ring.advance();
        assertThat(ring.claim(0)).as("read, but still looked at").isEqualTo(RelayRing.NONE);
        assertThat(ring.memory().getInt(first)).isZero();
        ring.release();
        assertThat(ring.claim(1)).as("the last one is kept").isEqualTo(RelayRing.NONE);
        write(ring, 4, null);
        assertThat(ring.claim(0)).isEqualTo(RelayRing.NONE);
    }

    @Test
    void slotsDoNotOverlapAndLieInTheMemory() {
        RelayRing ring = new RelayRing(8);
        int previous = -1;
        for (int i = 0; i < 8; i++) {
            int at = ring.claim(0);
            if (previous >= 0) {
                assertThat(at - previous).isEqualTo(RelayRing.SLOT_BYTES);
            }
            assertThat(at + RelayRing.SLOT_BYTES)
                    .isLessThanOrEqualTo(ring.memory().capacity());
            ring.commit(null);
            previous = at;
        }
    }

    @Test
    void aRecordThatCannotBeTakenDoesNotHoldTheOthers() {
        RelayRing ring = new RelayRing(4);
        RingSender sender = new RingSender(ring, 4, () -> {});
        for (int track = 1; track <= 3; track++) {
            assertThat(sender.keyFrame(track, 0)).isTrue();
        }
        List<Object> shown = new ArrayList<>();
        RelayRecords records = (RelayRecords) Proxy.newProxyInstance(
                RelayRecords.class.getClassLoader(), new Class<?>[] {RelayRecords.class}, (self, method, args) -> {
                    shown.add(args[0]);
                    if (args[0].equals(1)) {
                        throw new IllegalStateException("broken track");
                    }
                    return true;
                });
        RingReceiver receiver = new RingReceiver(ring, 4);
        assertThatThrownBy(() -> receiver.receive(records)).hasMessage("broken track");
        assertThat(shown).containsExactly(1, 2, 3);
        assertThat(receiver.receive(records)).isZero();
    }

    @Test
    void aRingHasAPowerOfTwoOfSlots() {
        assertThatThrownBy(() -> new RelayRing(6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RelayRing(1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Two threads that race each other: whatever their pace, each value comes once, in order, whole. */
    @ParameterizedTest
    @CsvSource({"2, 1", "8, 2", "64, 3", "2048, 4"})
    void nothingIsLostOrReorderedBetweenTwoThreads(int slots, long seed) throws Exception {
        int count = 300_000;
        RelayRing ring = new RelayRing(slots);
        CompletableFuture<Long> refusals = new CompletableFuture<>();
        Thread writer = Thread.ofPlatform().start(() -> refusals.complete(writeAll(ring, count, new Random(seed))));
        Random random = new Random(~seed);
        int expected = 0;
        while (expected < count) {
            int most = 1 + random.nextInt(slots);
            for (int i = 0; i < most; i++) {
                int at = ring.next();
                if (at == RelayRing.NONE) {
                    Thread.onSpinWait();
                    break;
                }
                check(ring, at, expected, ring.advance());
                expected++;
            }
            ring.release();
        }
        writer.join();
        assertThat(ring.next()).isEqualTo(RelayRing.NONE);
        if (slots == 2) {
            assertThat(refusals.get(1, TimeUnit.SECONDS))
                    .as("a small ring was full at times")
                    .isPositive();
        }
    }

    private static long writeAll(RelayRing ring, int count, Random random) {
        long refusals = 0;
        for (int i = 0; i < count; i++) {
            int at = ring.claim(0);
            while (at == RelayRing.NONE) {
                refusals++;
                Thread.onSpinWait();
                at = ring.claim(0);
            }
            int length = 8 + random.nextInt(40);
            ring.memory().putInt(at, i);
            ring.memory().putInt(at + 4, length);
            for (int b = 8; b < length; b++) {
                ring.memory().put(at + b, (byte) (i * 31 + b));
            }
            ring.memory().put(at + RelayRing.SLOT_BYTES - 1, (byte) i);
            ring.commit(i % 7 == 0 ? Integer.valueOf(i) : null);
        }
        return refusals;
    }

    private static void check(RelayRing ring, int at, int expected, Object object) {
        boolean sound = ring.memory().getInt(at) == expected
                && ring.memory().get(at + RelayRing.SLOT_BYTES - 1) == (byte) expected
                && (expected % 7 == 0 ? Integer.valueOf(expected).equals(object) : object == null);
        int length = ring.memory().getInt(at + 4);
        for (int b = 8; b < length; b++) {
            sound &= ring.memory().get(at + b) == (byte) (expected * 31 + b);
        }
        if (!sound) {
            assertThat(ring.memory().getInt(at)).isEqualTo(expected);
            throw new AssertionError("slot of " + expected + " is damaged");
        }
    }
}

package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReportRingTest {
    private static final int REPORTS = 300_000;

    private final ReportRing ring = new ReportRing();

    @Test
    void keepsAReportUntilTheStepsBeforeItAreDone() {
        report(1, 5, "q");
        assertThat(ring.isEmpty()).isFalse();
        assertThat(ring.next(4)).isFalse();
        assertThat(ring.next(5)).isTrue();
        assertThat(ring.word()).isEqualTo(1);
        assertThat(ring.text()).isEqualTo("q");
        assertThat(ring.word()).isEqualTo(-1);
        assertThat(ring.hasWord()).isFalse();
        ring.done();
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.next(5)).isFalse();
    }

    @Test
    void growsWhenNobodyReadsAndLosesNothing() {
        for (int i = 0; i < 2_000; i++) {
            report(i, 0, "rid " + i);
        }
        for (int i = 0; i < 2_000; i++) {
            assertThat(read(i)).isEqualTo("rid " + i);
        }
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void takesAReportThatIsLargerThanTheRing() {
        ring.begin(5_000, 0);
        for (int i = 0; i < 5_000; i++) {
            ring.put(i);
        }
        ring.publish();
        assertThat(ring.next(0)).isTrue();
        for (int i = 0; i < 5_000; i++) {
            assertThat(ring.word()).isEqualTo(i);
        }
        assertThat(ring.hasWord()).isFalse();
    }

    @Test
    void isEmptyWhileAReportThatNeedsALargerRingIsWritten() {
        ring.begin(5_000, 0);
        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.next(0)).isFalse();
        for (int i = 0; i < 5_000; i++) {
            ring.put(i);
        }
        assertThat(ring.isEmpty()).isTrue();
        ring.publish();
        assertThat(ring.isEmpty()).isFalse();
        assertThat(ring.next(0)).isTrue();
    }

    @Test
    void oneThreadWritesWhileAnotherReads() throws InterruptedException {
        AtomicReference<AssertionError> failure = new AtomicReference<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < REPORTS; i++) {
                    while (ring.isEmpty()) {
                        Thread.onSpinWait();
                    }
                    assertThat(read(i)).isEqualTo(i % 2 == 0 ? "even" : "odd");
                }
            } catch (AssertionError e) {
                failure.set(e);
            }
        });
        for (int i = 0; i < REPORTS; i++) {
            report(i, 0, i % 2 == 0 ? "even" : "odd");
        }
        reader.join();
        assertThat(failure.get()).isNull();
        assertThat(ring.isEmpty()).isTrue();
    }

    @Test
    void makesNoGarbageForReportsThatAreRead() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        writeAndRead(1_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        writeAndRead(100_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private void writeAndRead(int reports) {
        for (int i = 0; i < reports; i++) {
            report(i, 0, "f");
            read(i);
        }
    }

    private void report(long number, long stepsBefore, String text) {
        ring.begin(2, stepsBefore);
        ring.put(number);
        ring.put(-1, text);
        ring.publish();
    }

    /** Reads a report and answers its text; null for one of another number. */
    private String read(long number) {
        boolean right = ring.next(0) && ring.word() == number;
        String text = ring.text();
        ring.done();
        return right ? text : null;
    }
}

package dev.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a session's thread is woken, and when not. */
@Timeout(60)
class SessionMailboxTest {
    private static final long MILLI = 1_000_000L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int RECORD_WITH_SACK = 65;
    private static final int RECORD_WITH_DATA = 69;

    private final AtomicLong clock = new AtomicLong(-5_000 * MILLI);
    private final SessionMailbox mailbox = new SessionMailbox(settings(), clock::get, new Tally(), () -> {});
    private Thread waiter;

    private static MediaPortSettings settings() {
        return new MediaPortSettings(
                2,
                256,
                16,
                16,
                1024,
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofSeconds(7),
                Duration.ofSeconds(30));
    }

    @AfterEach
    void end() throws InterruptedException {
        mailbox.stop();
        waiter.join();
    }

    @Test
    void aRecordThatMayCarryAMessageWakesAtOnce() {
        startWaiting(NEVER, false);
        mailbox.offerDatagram(applicationData(RECORD_WITH_DATA), clock.get());
        assertWakes();
        assertThat(mailbox.hasDatagram()).isTrue();
    }

    @Test
    void aHandshakesRecordWakesAtOnceHoweverShort() {
        startWaiting(NEVER, false);
        mailbox.offerDatagram(new byte[] {22, 1, 2}, clock.get());
        assertWakes();
    }

    @Test
    void anAcknowledgementWaitsForCompanyButNotForEver() {
        startWaiting(NEVER, false);
        mailbox.offerDatagram(applicationData(RECORD_WITH_SACK), clock.get());
        mailbox.offerDatagram(applicationData(RECORD_WITH_SACK), clock.get() + 30 * MILLI);
        mailbox.remind(clock.get() + SessionMailbox.COMPANY_NANOS - 1);
        assertStillWaits();
        mailbox.remind(clock.get() + SessionMailbox.COMPANY_NANOS);
        assertWakes();
        assertThat(mailbox.hasDatagram()).isTrue();
    }

    @Test
    void aMessageIsCompany() {
        startWaiting(NEVER, false);
        mailbox.offerDatagram(applicationData(RECORD_WITH_SACK), clock.get());
        assertStillWaits();
        mailbox.offerMessage(new SessionMailbox.Outgoing(0, "hello", null));
        assertWakes();
    }

    @Test
    void anAcknowledgementThatSomethingWaitsForWakesAtOnce() {
        startWaiting(NEVER, true);
        mailbox.offerDatagram(applicationData(RECORD_WITH_SACK), clock.get());
        assertWakes();
    }

    @Test
    void theThreadIsRemindedOfItsDeadline() {
        long due = clock.get() + 100 * MILLI;
        startWaiting(due, false);
        mailbox.remind(due - 1);
        assertStillWaits();
        clock.set(due);
        mailbox.remind(due);
        assertWakes();
        assertThat(mailbox.hasDatagram()).isFalse();
    }

    @Test
    void aDeadlineThatIsOverIsNotWaitedFor() {
        startThread(clock.get(), false);
        assertWakes();
    }

    private static byte[] applicationData(int length) {
        byte[] record = new byte[length];
        record[0] = 23;
        return record;
    }

    private void startWaiting(long deadlineNanos, boolean acknowledgementsPress) {
        startThread(deadlineNanos, acknowledgementsPress);
        await().until(() -> waiter.getState() == Thread.State.WAITING);
    }

    private void startThread(long deadlineNanos, boolean acknowledgementsPress) {
        waiter = Thread.ofPlatform().start(() -> {
            mailbox.adopt();
            mailbox.awaitWork(deadlineNanos, acknowledgementsPress);
        });
    }

    private void assertWakes() {
        await().until(() -> waiter.getState() == Thread.State.TERMINATED);
    }

    private void assertStillWaits() {
        assertThat(waiter.getState()).isEqualTo(Thread.State.WAITING);
    }
}

package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.sdp.IceCredentials;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Two agents with each other: one of them controls. */
class IceAgentTest {
    private static final IceCredentials ONE = new IceCredentials("aaaa", "first-password-of-22-chars");
    private static final IceCredentials TWO = new IceCredentials("bbbb", "other-password-of-22-chars");
    private static final long ONE_AT = (long) AddressPlan.address(1) << 32 | 5001;
    private static final long TWO_AT = (long) AddressPlan.address(2) << 32 | 5002;

    private IceAgent one;
    private IceAgent two;
    private int lost;

    private void connect() {
        one = new IceAgent(ONE, (remote, bytes, length) -> deliver(two, TWO_AT, ONE_AT, remote, bytes, length));
        two = new IceAgent(TWO, (remote, bytes, length) -> deliver(one, ONE_AT, TWO_AT, remote, bytes, length));
    }

    private void deliver(IceAgent to, long at, long from, long remote, byte[] bytes, int length) {
        if (remote != at) {
            lost++;
            return;
        }
        byte[] copy = java.util.Arrays.copyOf(bytes, length);
        to.receive(ByteBuffer.wrap(copy), 0, length, from);
    }

    @Test
    void theControllingOneHasAPairWhenItsCheckIsAnsweredAndTheOtherWhenItIsNominated() throws Exception {
        connect();
        one.begin(TWO, true, TWO_AT);
        two.begin(ONE, false, ONE_AT);
        two.check();
        assertThat(two.await(1)).isFalse();
        one.check();
        assertThat(one.await(1)).isTrue();
        assertThat(two.await(1)).isTrue();
        assertThat(two.remote()).isEqualTo(ONE_AT);
        assertThat(lost).isZero();
    }

    @Test
    void answersBeforeItKnowsTheOtherSide() throws Exception {
        connect();
        one.begin(TWO, true, TWO_AT);
        one.check();
        assertThat(one.await(1)).isTrue();
        two.check();
        two.begin(ONE, false, 0);
        assertThat(two.remote()).isEqualTo(ONE_AT);
    }

    @Test
    void aWrongPasswordIsNotAnswered() throws Exception {
        connect();
        one.begin(new IceCredentials("bbbb", "guessed-password-22-chars"), true, TWO_AT);
        one.check();
        assertThat(one.await(1)).isFalse();
    }
}

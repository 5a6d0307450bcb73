package dev.parley.transport.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.transport.udp.RemoteAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class LiteAgentTest {
    private final IceCredentials first = IceCredentials.generate(new SecureRandom());
    private final LiteAgent agent = new LiteAgent(first);

    @Test
    void theFirstCheckWithNewCredentialsEndsTheOld() {
        long old = LocalUfrag.pack(first.ufrag());
        IceCredentials second = IceCredentials.generate(new SecureRandom());

        assertThat(agent.restart(second)).isEqualTo(LocalUfrag.NONE);
        assertThat(agent.keyOf(old)).isNotNull();
        assertThat(agent.checked(old, 1)).isEqualTo(LocalUfrag.NONE);
        assertThat(agent.checked(LocalUfrag.pack(second.ufrag()), 2)).isEqualTo(old);
        assertThat(agent.keyOf(old)).isNull();
    }

    @Test
    void aSecondRestartGivesUpTheCredentialsBeforeTheLast() {
        IceCredentials second = IceCredentials.generate(new SecureRandom());
        IceCredentials third = IceCredentials.generate(new SecureRandom());
        agent.restart(second);

        assertThat(agent.restart(third)).isEqualTo(LocalUfrag.pack(first.ufrag()));
        assertThat(agent.keyOf(LocalUfrag.pack(first.ufrag()))).isNull();
        assertThat(agent.keyOf(LocalUfrag.pack(second.ufrag()))).isNotNull();
    }

    @Test
    void theOldestAddressGivesWayButNeverTheNominated() {
        RemoteAddress nominated = address(1);
        agent.addValid(nominated);
        agent.nominate(nominated);
        for (int port = 2; port <= LiteAgent.MAX_VALID_ADDRESSES; port++) {
            assertThat(agent.addValid(address(port))).isNull();
        }

        assertThat(agent.addValid(address(100)).port()).isEqualTo(2);
        assertThat(agent.selected()).isSameAs(nominated);
    }

    @Test
    void losingTheNominatedAddressFallsBackToAnother() {
        RemoteAddress one = address(1);
        RemoteAddress two = address(2);
        agent.addValid(one);
        agent.addValid(two);
        agent.nominate(two);

        agent.removeValid(two);
        assertThat(agent.selected()).isSameAs(one);
        agent.removeValid(one);
        assertThat(agent.selected()).isNull();
    }

    @Test
    void credentialsHaveTheFormOfRfc8445() {
        assertThat(first.ufrag()).hasSize(8);
        assertThat(first.password()).hasSize(24);
        assertThatThrownBy(() -> new IceCredentials("abc", first.password()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ice-ufrag");
        assertThatThrownBy(() -> new IceCredentials("abcd", "pass word pass word pass"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ice-pwd");
    }

    private static RemoteAddress address(int port) {
        return new RemoteAddress(new InetSocketAddress("127.0.0.1", port));
    }
}

package dev.parley.sfu.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.SfuCounters;
import dev.parley.sfu.tracks.Gathering;
import dev.parley.sfu.tracks.Track;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A part whose link takes nothing. */
class RoomRelayTest {
    private static final RelayOwner OWNER = new RelayOwner() {
        @Override
        public void trackCame(Track track) {}

        @Override
        public void trackWent(Track track, long nowNanos) {}

        @Override
        public void replacedElsewhere(long number, long nowNanos) {}

        @Override
        public void peopleChanged() {}

        @Override
        public void wishesChanged() {}
    };

    private final List<Object> taken = new ArrayList<>();
    private boolean takes;

    private RelaySender sender() {
        return (RelaySender) Proxy.newProxyInstance(
                RelaySender.class.getClassLoader(), new Class<?>[] {RelaySender.class}, (self, method, args) -> {
                    if (method.getReturnType() != boolean.class) {
                        return null;
                    }
                    if (takes) {
                        taken.add(args[0]);
                    }
                    return takes;
                });
    }

    @Test
    void hellosDoNotPileUpBeforeALinkThatTakesNothing() {
        RelayLink link = new RelayLink(sender(), into -> 0);
        link.connect(new SfuCounters(), room -> null);
        RoomRelay relay = new RoomRelay("room", 7, OWNER, new Gathering());
        relay.spread(link);
        for (int tick = 0; tick < 1000; tick++) {
            relay.tellTracks(0);
            link.flush();
        }
        takes = true;
        link.flush();
        assertThat(taken).containsExactly(new RelayMessage.Hello("room", 7, false));

        for (int tick = 0; tick < 20; tick++) {
            relay.tellTracks(0);
        }
        assertThat(taken).as("said again while nobody answers").hasSize(3);
    }
}

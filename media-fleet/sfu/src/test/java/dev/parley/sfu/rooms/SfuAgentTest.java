package dev.parley.sfu.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.sfu.PacketSink;
import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.PublishedSource;
import dev.parley.sfu.RoomEvents;
import dev.parley.sfu.SfuSettings;
import dev.parley.sfu.Source;
import dev.parley.sfu.WantedSlot;
import dev.parley.sfu.relay.RelayLink;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Scene;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SfuAgentTest {
    private static final PacketSink NOWHERE = new PacketSink() {
        @Override
        public void rtp(ByteBuffer buffer, int offset, int length) {}

        @Override
        public void rtcp(ByteBuffer buffer, int offset, int length) {}
    };

    @Test
    void whoIsNotInARoomSendsIntoTheVoid() {
        Scene scene = new Scene();
        Guest guest = scene.join(1, Dialect.FIRST);
        guest.participant().onRtp(ByteBuffer.allocate(100), 0, 100, 0);
        guest.participant().onRtcp(ByteBuffer.allocate(100), 0, 100, 0);
        scene.run(100);
        scene.agent().kick(Scene.ROOM, 1);
        scene.quiet(20);
        long before = guest.feedback.size();
        scene.run(500);
        assertThat(guest.feedback).hasSize((int) before);
    }

    @Test
    void commandsForRoomsThatAreNotThereAreIgnored() {
        SfuAgent agent = new SfuAgent(SfuSettings.defaults("n", 0), ByteBuffer.allocate(2048));
        assertThat(agent.want("nowhere", 1, 1, List.of(new WantedSlot(0, 1, Source.CAMERA, 1, 1, 0, false))))
                .isTrue();
        assertThat(agent.mute("nowhere", 1, Source.CAMERA, true)).isTrue();
        assertThat(agent.endRoom("nowhere")).isTrue();
        assertThat(agent.doWork(5)).isEqualTo(3);
        assertThat(agent.roomCount()).isZero();
    }

    @Test
    void aFullQueueRefusesInsteadOfWaiting() {
        SfuAgent agent = new SfuAgent(new SfuSettings("n", 0, 2, 100_000, 100_000), ByteBuffer.allocate(2048));
        assertThat(agent.endRoom("a")).isTrue();
        assertThat(agent.endRoom("a")).isTrue();
        assertThat(agent.endRoom("a")).isFalse();
        agent.doWork(0);
        assertThat(agent.endRoom("a")).isTrue();
    }

    @Test
    void aRoomThatEndsLetsEverybodyGo() {
        Scene scene = new Scene();
        Guest guest = scene.join(1, Dialect.FIRST);
        scene.join(2, Dialect.FIRST);
        scene.run(500);
        assertThat(guest.packets).isPositive();
        scene.agent().endRoom(Scene.ROOM);
        scene.quiet(1);
        long before = guest.packets;
        scene.run(500);
        assertThat(guest.packets).isEqualTo(before);
        assertThat(scene.agent().roomCount()).isZero();
    }

    @Test
    void aListenerThatThrowsHarmsNoOtherRoom() {
        RoomEvents broken = new Scene() {
            @Override
            public void layersWanted(long publisher, Source source, List<String> rids) {
                throw new IllegalStateException("broken listener");
            }
        };
        RoomEvents sound = new Scene();
        SfuAgent agent = new SfuAgent(SfuSettings.defaults("n", 0), ByteBuffer.allocate(2048));
        agent.openRoom("broken", broken);
        agent.openRoom("sound", sound);
        for (String room : List.of("broken", "sound")) {
            agent.join(room, new Participant(spec(), NOWHERE));
        }
        assertThatThrownBy(() -> agent.doWork(0)).hasMessage("broken listener");
        assertThat(((Scene) sound).layersWanted).containsEntry("1 CAMERA", List.of());
    }

    private static ParticipantSpec spec() {
        return new ParticipantSpec(
                1,
                List.of(PublishedSource.of("1", Source.CAMERA)),
                List.of(),
                Dialect.FIRST.formats(),
                Dialect.FIRST.extensions());
    }

    @Test
    void aLinkThatFailsKeepsNoOtherFromBeingHeard() {
        SfuAgent agent = new SfuAgent(SfuSettings.defaults("n", 0), ByteBuffer.allocate(2048));
        AtomicInteger woken = new AtomicInteger();
        RelayLink failing = RelayLink.inProcess(16, () -> {}, () -> {
                    throw new IllegalStateException("its agent is gone");
                })
                .first();
        RelayLink other =
                RelayLink.inProcess(16, () -> {}, woken::incrementAndGet).first();
        agent.connect(failing);
        agent.connect(other);
        agent.openRoom("room", new Scene());
        agent.spread("room", failing);
        agent.spread("room", other);

        assertThatThrownBy(() -> agent.doWork(0)).hasMessage("its agent is gone");

        assertThat(woken).hasValue(1);
    }

    @Test
    void theNextDeadlineIsOneTickAhead() {
        Scene scene = new Scene();
        scene.quiet(3);
        assertThat(scene.agent().nextDeadlineNanos() - scene.nanos()).isBetween(1L, Room.TICK_NANOS);
    }

    @Test
    void mistakesOfTheCallerAreRefused() {
        SfuSettings settings = SfuSettings.defaults("n", 0);
        assertThatThrownBy(() -> new SfuAgent(settings, ByteBuffer.allocate(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scratch");
        assertThatThrownBy(() -> SfuSettings.defaults("", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WantedSlot(-1, 1, Source.CAMERA, 1, 1, 0, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

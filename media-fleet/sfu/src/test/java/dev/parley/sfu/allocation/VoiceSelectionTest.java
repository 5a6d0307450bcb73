package dev.parley.sfu.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rtp.extension.ExtensionUri;
import dev.parley.sfu.Source;
import dev.parley.sfu.VoiceReport;
import dev.parley.sfu.scene.Dialect;
import dev.parley.sfu.scene.Guest;
import dev.parley.sfu.scene.Received;
import dev.parley.sfu.scene.Scene;
import dev.parley.sfu.scene.SlotWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VoiceSelectionTest {
    private static final int QUIET = 80;
    private static final int SPEECH = 25;

    private final Scene scene = scene();

    /** Where the tests take place. */
    Scene scene() {
        return new Scene();
    }

    private List<Guest> people(int count) {
        List<Guest> people = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Guest guest = scene.join(i, i % 2 == 0 ? Dialect.FIRST : Dialect.SECOND, 0, 3);
            guest.microphone.audioLevel = QUIET;
            for (var layer : guest.camera) {
                layer.active = false;
            }
            people.add(guest);
        }
        return people;
    }

    private Set<Long> heard(Guest by) {
        return by.received.stream()
                .filter(r -> r.nanos() > scene.nanos() - 200_000_000L && r.imprint() != null)
                .map(Received::csrc)
                .collect(Collectors.toSet());
    }

    @Test
    void whileThereAreSlotsForAllEverybodyIsHeardForGood() {
        List<Guest> people = people(4);
        scene.run(500);
        assertThat(heard(people.get(0))).containsExactlyInAnyOrder(2L, 3L, 4L);
        assertThat(heard(people.get(3))).containsExactlyInAnyOrder(1L, 2L, 3L);
        people.get(2).microphone.audioLevel = SPEECH;
        scene.run(3000);
        for (int slot = 0; slot < 3; slot++) {
            long ssrc = people.get(0).audioSsrc(slot);
            assertThat(people.get(0).of(ssrc).stream().map(Received::csrc).distinct())
                    .hasSize(1);
        }
        people.forEach(SlotWatch::check);
    }

    @Test
    void aVoiceThatSpeaksTakesTheQuietestSlot() {
        List<Guest> people = people(6);
        scene.run(2000);
        people.get(4).microphone.audioLevel = SPEECH;
        scene.run(300);
        people.get(5).microphone.audioLevel = SPEECH;
        scene.run(300);
        assertThat(heard(people.get(0))).contains(5L, 6L).doesNotContain(1L);
        assertThat(heard(people.get(4))).contains(6L).doesNotContain(5L);
        people.forEach(SlotWatch::check);
    }

    @Test
    void threeSpeakersKeepTheirSlotsAgainstAFourthThatIsNoLouder() {
        List<Guest> people = people(6);
        scene.run(500);
        for (int i = 1; i <= 3; i++) {
            people.get(i).microphone.audioLevel = SPEECH;
        }
        scene.run(2000);
        assertThat(heard(people.get(0))).containsExactlyInAnyOrder(2L, 3L, 4L);
        people.get(4).microphone.audioLevel = SPEECH - 3;
        scene.run(2000);
        assertThat(heard(people.get(0))).containsExactlyInAnyOrder(2L, 3L, 4L);
        people.get(4).microphone.audioLevel = SPEECH - 15;
        scene.run(1000);
        assertThat(heard(people.get(0))).contains(5L);
        people.forEach(SlotWatch::check);
    }

    @Test
    void aMutedVoiceCostsNothingAndComesBackWithoutAGapInItsNumbers() {
        List<Guest> people = people(2);
        scene.run(500);
        scene.mute(people.get(1), Source.MICROPHONE, true);
        scene.run(20);
        int before = people.get(0).of(people.get(0).audioSsrc(0)).size();
        scene.run(1000);
        assertThat(people.get(0).of(people.get(0).audioSsrc(0))).hasSize(before);
        scene.mute(people.get(1), Source.MICROPHONE, false);
        scene.run(500);
        List<Received> all = people.get(0).of(people.get(0).audioSsrc(0));
        assertThat(all).hasSizeGreaterThan(before + 20);
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).sequenceNumber() - all.get(i - 1).sequenceNumber() & 0xFFFF)
                    .isEqualTo(1);
        }
        long silence = all.get(before).timestamp() - all.get(before - 1).timestamp() & 0xFFFF_FFFFL;
        long pause = all.get(before).nanos() - all.get(before - 1).nanos();
        assertThat(silence).isEqualTo(Math.round(pause * 48e-6));
    }

    @Test
    void silencePassesAsTheSenderMadeIt() {
        List<Guest> people = people(2);
        scene.run(300);
        people.get(1).microphone.active = false;
        scene.run(400);
        people.get(1).microphone.active = true;
        scene.run(300);
        SlotWatch.check(people.get(0));
        List<Received> all = people.get(0).of(people.get(0).audioSsrc(0));
        for (Received packet : all) {
            long own = people.get(1).microphone.timestampAt(packet.nanos());
            assertThat(packet.timestamp() - all.getFirst().timestamp() & 0xFFFF_FFFFL)
                    .isEqualTo(own
                                    - people.get(1)
                                            .microphone
                                            .timestampAt(all.getFirst().nanos())
                            & 0xFFFF_FFFFL);
        }
    }

    @Test
    void theReceiverIsToldWhoSpeaks() {
        List<Guest> people = people(3);
        scene.run(300);
        people.get(1).microphone.audioLevel = SPEECH;
        scene.run(600);
        List<VoiceReport> voices = scene.voices.get(1L);
        assertThat(voices).extracting(VoiceReport::participant).containsExactlyInAnyOrder(2L, 3L);
        VoiceReport speaker =
                voices.stream().filter(v -> v.participant() == 2).findFirst().orElseThrow();
        assertThat(speaker.speaking()).isTrue();
        assertThat(speaker.level()).isBetween(SPEECH, SPEECH + 6);
        VoiceReport other =
                voices.stream().filter(v -> v.participant() == 3).findFirst().orElseThrow();
        assertThat(other.speaking()).isFalse();
    }

    @Test
    void theAudioLevelTravelsUnderTheReceiversId() {
        List<Guest> people = people(2);
        scene.run(300);
        Received packet = people.get(0).of(people.get(0).audioSsrc(0)).getLast();
        assertThat(packet.elements().get(ExtensionUri.AUDIO_LEVEL)).containsExactly(0x80 | QUIET);
    }

    @Test
    void whoLeavesFreesASlot() {
        List<Guest> people = people(5);
        scene.run(500);
        assertThat(heard(people.get(0))).hasSize(3);
        scene.leave(people.get(1));
        scene.leave(people.get(2));
        scene.run(500);
        assertThat(heard(people.get(0))).containsExactlyInAnyOrder(4L, 5L);
    }
}

package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.media.ChannelMessage.WantedSlot;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeetingTest {
    private static Meeting meeting(String... given) {
        return (Meeting) BenchArguments.parse(List.of(given)).roomProfile();
    }

    @Test
    void inARoomOfNineEverybodySeesTheOtherEightAndOneOfThemLarge() {
        Meeting meeting = meeting("--profile", "meeting");
        for (int self = 0; self < 9; self++) {
            List<WantedSlot> slots = meeting.want(self, 7).slots();
            assertThat(slots).hasSize(9);
            assertThat(slots.getFirst().width()).isEqualTo(1280);
            assertThat(slots.stream().skip(1).map(WantedSlot::participant))
                    .doesNotHaveDuplicates()
                    .doesNotContain(Seat.participant(self + 1));
        }
        assertThat(meeting.want(0, 1).slots().getFirst().participant())
                .isNotEqualTo(meeting.want(0, 2).slots().getFirst().participant());
    }

    @Test
    void inALargeRoomEverybodySeesEightOfThePublishers() {
        Meeting meeting = meeting("--profile", "meeting", "--receivers", "150", "--rooms", "1");
        assertThat(meeting.seats("r")).hasSize(150);
        assertThat(meeting.want(149, 3).slots()).hasSize(9);
        Meeting few = meeting("--profile", "meeting", "--receivers", "40", "--rooms", "2", "--publishers", "3");
        assertThat(few.seats("r")).hasSize(20);
        assertThat(few.seats("r").stream().filter(seat -> seat.plan().camera())).hasSize(3);
        assertThat(few.want(0, 1).slots()).hasSize(3);
        assertThat(few.want(19, 1).slots()).hasSize(4);
    }
}

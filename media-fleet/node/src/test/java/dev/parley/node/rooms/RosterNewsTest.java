package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.Roster;
import dev.parley.contracts.media.ChannelMessage.RosterEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RosterNewsTest {
    private final RosterNews news = new RosterNews();
    private final Map<String, RosterEntry> present = new LinkedHashMap<>();
    private final Map<String, RosterEntry> known = new LinkedHashMap<>();

    private static RosterEntry entry(String participant, int number) {
        return new RosterEntry(participant, "u", "N", "participant", number, List.of(), false, "good");
    }

    private List<Roster> tell(long revision) {
        List<Roster> told = news.take(revision, present::get).stream()
                .map(text -> (Roster) Wire.read(text, ChannelMessage.class))
                .toList();
        told.forEach(this::apply);
        return told;
    }

    /** As a client does; it is never told to add who it knows, nor to change or remove who it does not. */
    private void apply(Roster roster) {
        if (roster.add() != null) {
            roster.add()
                    .forEach(each ->
                            assertThat(known.put(each.participant(), each)).isNull());
        }
        if (roster.change() != null) {
            roster.change()
                    .forEach(each ->
                            assertThat(known.put(each.participant(), each)).isNotNull());
        }
        if (roster.remove() != null) {
            roster.remove().forEach(each -> assertThat(known.remove(each)).isNotNull());
        }
    }

    @Test
    void whoCameAndWentIsNeverMentioned() {
        present.put("p_1", entry("p_1", 1));
        news.touch("p_1");
        present.remove("p_1");
        news.touch("p_1");

        assertThat(tell(1)).isEmpty();
        assertThat(news.isEmpty()).isTrue();
    }

    @Test
    void whoWentAndCameBackIsChanged() {
        present.put("p_1", entry("p_1", 1));
        news.touch("p_1");
        tell(1);
        present.put("p_1", entry("p_1", 2));
        news.touch("p_1");

        assertThat(tell(2)).singleElement().satisfies(roster -> {
            assertThat(roster.add()).isNull();
            assertThat(roster.change()).containsExactly(entry("p_1", 2));
        });
    }

    @Test
    void everybodyKnowsTheRosterHoweverChangesAreGathered() {
        Random random = new Random(7);
        for (int step = 0; step < 5_000; step++) {
            String participant = "p_" + random.nextInt(40);
            if (random.nextInt(3) == 0) {
                present.remove(participant);
            } else {
                present.put(participant, entry(participant, step));
            }
            news.touch(participant);
            if (random.nextInt(8) == 0) {
                tell(step);
                assertThat(known).isEqualTo(present);
            }
        }
    }
}

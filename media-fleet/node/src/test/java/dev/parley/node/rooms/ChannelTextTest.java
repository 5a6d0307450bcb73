package dev.parley.node.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.contracts.Wire;
import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.ChannelMessage.Roster;
import dev.parley.contracts.media.ChannelMessage.RosterEntry;
import dev.parley.contracts.media.ChannelMessage.SourceState;
import dev.parley.contracts.media.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelTextTest {
    private static List<RosterEntry> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new RosterEntry(
                        "p_" + i,
                        "u_" + i,
                        "名前 " + i,
                        "participant",
                        i + 1,
                        List.of(new SourceState(Source.CAMERA, false), new SourceState(Source.MICROPHONE, true)),
                        false,
                        "good"))
                .toList();
    }

    @Test
    void aSmallRosterIsOneFullMessage() {
        List<String> texts = ChannelText.roster(4, people(3));
        assertThat(texts).hasSize(1);
        Roster roster = (Roster) Wire.read(texts.getFirst(), ChannelMessage.class);
        assertThat(roster.full()).isTrue();
        assertThat(roster.rev()).isEqualTo(4);
        assertThat(roster.participants()).hasSize(3);
        assertThat(texts.getFirst()).startsWith("{\"t\":\"roster\"");
    }

    @Test
    void aLargeRosterIsSplitIntoOneFullMessageAndAdditions() {
        List<String> texts = ChannelText.roster(4, people(500));
        assertThat(texts).hasSizeGreaterThan(3);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            assertThat(texts.get(i).getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(ChannelMessage.MAX_BYTES);
            Roster part = (Roster) Wire.read(texts.get(i), ChannelMessage.class);
            assertThat(part.full()).isEqualTo(i == 0);
            assertThat(part.rev()).isEqualTo(4);
            (i == 0 ? part.participants() : part.add()).forEach(entry -> names.add(entry.participant()));
        }
        assertThat(names).hasSize(500).doesNotHaveDuplicates();
    }

    @Test
    void anEmptyRosterIsStillAMessage() {
        assertThat(ChannelText.roster(0, List.of())).hasSize(1);
    }

    @Test
    void countsBytesNotCharacters() {
        assertThat(ChannelText.fits("a".repeat(ChannelMessage.MAX_BYTES))).isTrue();
        assertThat(ChannelText.fits("a".repeat(ChannelMessage.MAX_BYTES + 1))).isFalse();
        assertThat(ChannelText.fits("字".repeat(ChannelMessage.MAX_BYTES / 3 + 1)))
                .isFalse();
    }

    @Test
    void manyChangesAreSplitAndLoseNobody() {
        List<RosterEntry> all = people(400);
        List<String> gone = IntStream.range(500, 700).mapToObj(i -> "p_" + i).toList();
        List<String> texts = ChannelText.changes(9, all.subList(0, 150), all.subList(150, 400), gone);
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String text : texts) {
            assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(ChannelMessage.MAX_BYTES);
            Roster part = (Roster) Wire.read(text, ChannelMessage.class);
            assertThat(part.full()).isFalse();
            assertThat(part.rev()).isEqualTo(9);
            Optional.ofNullable(part.add()).ifPresent(list -> list.forEach(entry -> added.add(entry.participant())));
            Optional.ofNullable(part.change())
                    .ifPresent(list -> list.forEach(entry -> changed.add(entry.participant())));
            Optional.ofNullable(part.remove()).ifPresent(removed::addAll);
        }
        assertThat(added).containsExactlyElementsOf(names(all.subList(0, 150)));
        assertThat(changed).containsExactlyElementsOf(names(all.subList(150, 400)));
        assertThat(removed).containsExactlyElementsOf(gone);
    }

    @Test
    void noChangesAreNoMessage() {
        assertThat(ChannelText.changes(9, List.of(), List.of(), List.of())).isEmpty();
    }

    private static List<String> names(List<RosterEntry> entries) {
        return entries.stream().map(RosterEntry::participant).toList();
    }
}

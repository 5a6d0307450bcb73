package dev.parley.meetings;

import dev.parley.contracts.media.MediaPath;
import dev.parley.contracts.meetings.QualityPerson;
import dev.parley.contracts.meetings.QualitySample;
import dev.parley.kernel.Bookmark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The port's in-memory twin, for tests. */
final class InMemoryQualityHistory implements QualityHistory {
    private final Map<String, List<Entry>> entries = new HashMap<>();
    private final Set<String> gone = new HashSet<>();

    /** A minute with one sample of each. */
    void add(String meetingId, Instant minute, String... participants) {
        List<QualityPerson> people = new ArrayList<>();
        List<QualitySample> samples = new ArrayList<>();
        for (String participant : participants) {
            people.add(new QualityPerson(participant, "Name of " + participant));
            samples.add(new QualitySample(
                    participant,
                    minute,
                    1,
                    2,
                    3,
                    0,
                    0,
                    null,
                    0,
                    new QualitySample.Layers(0, 0, 0, 0, 0),
                    MediaPath.NODE));
        }
        entries.computeIfAbsent(meetingId, first -> new ArrayList<>())
                .add(new Entry(new Bookmark(minute, "node-1"), people, samples));
    }

    @Override
    public List<Entry> of(String meetingId, Instant since, Optional<Bookmark> after, int limit) {
        return entries.getOrDefault(meetingId, List.of()).stream()
                .filter(entry -> !entry.place().at().plusSeconds(60).isBefore(since))
                .filter(entry -> after.filter(place -> !place.isBefore(
                                entry.place().at(), entry.place().id()))
                        .isEmpty())
                .sorted(Comparator.comparing((Entry entry) -> entry.place().at())
                        .reversed())
                .limit(limit)
                .map(entry -> new Entry(
                        entry.place(),
                        entry.people().stream()
                                .filter(person -> !gone.contains(meetingId + person.participantId()))
                                .toList(),
                        entry.samples().stream()
                                .filter(sample -> !gone.contains(meetingId + sample.participantId()))
                                .toList()))
                .toList();
    }

    @Override
    public void forget(String meetingId, String participantId) {
        gone.add(meetingId + participantId);
    }
}

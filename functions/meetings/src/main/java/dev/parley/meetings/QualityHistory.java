package dev.parley.meetings;

import dev.parley.contracts.meetings.QualityPerson;
import dev.parley.contracts.meetings.QualitySample;
import dev.parley.kernel.Bookmark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How the connections of meetings did, as the media nodes wrote it. It ends by itself after a while. */
public interface QualityHistory {
    /**
     * What one node wrote of one minute.
     *
     * @param place behind which the next page begins
     * @param samples the latest first
     */
    record Entry(Bookmark place, List<QualityPerson> people, List<QualitySample> samples) {
        public Entry {
            people = List.copyOf(people);
            samples = List.copyOf(samples);
        }
    }

    /**
     * The latest entries first. Who was forgotten is not in them.
     *
     * @param since of minutes that were not over by then
     * @param after a place that was given before
     * @param limit of entries
     */
    List<Entry> of(String meetingId, Instant since, Optional<Bookmark> after, int limit);

    /** Takes a person out of everything that is kept of a meeting, and of what is still on its way. Done again, it is done. */
    void forget(String meetingId, String participantId);
}

package dev.parley.meetings;

import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Folding;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds meetings by the words of their title, description, host and code, among those that the caller hosts or was in. An invitation alone is
 * no reason: its address proves nothing, and who uses it is in the meeting.
 */
public final class MeetingSearch {
    private static final Rate SEARCHES = Rate.of(30, Duration.ofMinutes(1));
    /** Meetings that are read at a time, and that one request looks at; the cursor goes on behind them. */
    private static final int STEP = 250;

    private static final int LOOKED_AT = 2_000;

    private final MeetingRepository meetings;
    private final RateLimiter limiter;

    public MeetingSearch(MeetingRepository meetings, RateLimiter limiter) {
        this.meetings = Objects.requireNonNull(meetings);
        this.limiter = Objects.requireNonNull(limiter);
    }

    /** What was found, the latest first. @param rest where to go on, when there may be others */
    public record Found(List<Meeting> list, Optional<Bookmark> rest) {}

    /**
     * @param after where the last reply left off; without it, the latest
     * @throws dev.parley.kernel.ApiException 400, 429, 503
     */
    public Found find(Principal caller, String question, Optional<Bookmark> after, int limit) {
        List<Folding.Wanted> wanted = Folding.asked(question);
        limiter.check("search-meetings#" + caller.userId(), SEARCHES);
        Optional<Bookmark> place = after;
        List<Meeting> found = new ArrayList<>();
        for (int looked = 0; looked < LOOKED_AT; looked += STEP) {
            List<Meeting> some = meetings.of(caller.userId(), place, STEP);
            for (Meeting one : some) {
                place = Optional.of(one.bookmark());
                if (Folding.fits(words(one), wanted)) {
                    found.add(one);
                }
                if (found.size() == limit) {
                    boolean more = one != some.getLast() || some.size() == STEP;
                    return new Found(List.copyOf(found), more ? place : Optional.empty());
                }
            }
            if (some.size() < STEP) {
                return new Found(List.copyOf(found), Optional.empty());
            }
        }
        return new Found(List.copyOf(found), place);
    }

    private static Set<String> words(Meeting meeting) {
        return Folding.words(String.join(
                "\n",
                meeting.title(),
                meeting.description(),
                meeting.hostName(),
                meeting.id(),
                meeting.id().replace("-", "")));
    }
}

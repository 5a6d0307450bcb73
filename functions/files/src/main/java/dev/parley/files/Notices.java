package dev.parley.files;

import dev.parley.contracts.files.PushView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Telling devices that there is something to fetch, or not any more, and senders how far it is. */
final class Notices {
    /** A sender is told of a push so often at most, unless it is settled. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    private final PushRegister pushes;
    private final FileRegister files;
    private final FileNews news;
    private final SweepTimes times;
    private final InstantSource clock;

    Notices(PushRegister pushes, FileRegister files, FileNews news, SweepTimes times, InstantSource clock) {
        this.pushes = Objects.requireNonNull(pushes);
        this.files = Objects.requireNonNull(files);
        this.news = Objects.requireNonNull(news);
        this.times = Objects.requireNonNull(times);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Tells everybody a push goes to. Told again, it is a hint once more. */
    void announce(String pushId) {
        Optional<Push> push = pushes.find(pushId);
        Optional<StoredFile> file = push.flatMap(one -> files.find(one.fileId()));
        if (push.isPresent()
                && push.get().open(clock.instant())
                && file.filter(StoredFile::ready).isPresent()) {
            news.noticed(push.get(), file.get(), pushes.holders(pushId));
        }
        pushes.noticed(pushId);
    }

    /** Tells a device that has just come what waited for its owner's first one. */
    void waitingFor(Device device) {
        for (PushRegister.Pending pending : pushes.pending(device.id(), clock.instant(), 100)) {
            files.find(pending.push().fileId())
                    .filter(StoredFile::ready)
                    .ifPresent(
                            file -> news.noticed(pending.push(), file, Map.of(device.holder(), List.of(device.id()))));
            moved(pending.push().id());
        }
    }

    /** Tells devices that a push was called back. */
    void recalled(String pushId) {
        pushes.find(pushId).ifPresent(push -> news.recalled(push, pushes.holders(pushId)));
    }

    /** Something happened to a push: tells the sender, unless that was a moment ago. */
    void moved(String pushId) {
        PushView.Counts counts = pushes.counts(pushId);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (counts.settled()) {
            pushes.told(pushId, now);
        } else if (!pushes.mayTell(pushId, now, PAUSE)) {
            times.wanted(now.plus(PAUSE));
            return;
        }
        pushes.find(pushId).ifPresent(push -> news.moved(push, counts));
    }
}

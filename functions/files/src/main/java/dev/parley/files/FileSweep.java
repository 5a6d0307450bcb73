package dev.parley.files;

import dev.parley.kernel.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does what nobody else came to do: throws away uploads that were never finished and bytes that no file has any more, has files checked that
 * were left, tells what was not told. Running it twice at once is running it once.
 */
public final class FileSweep {
    /** How long bytes outlive what named them: longer than any address to them. */
    public static final Duration BURIED_AFTER = Duration.ofMinutes(10);

    /** So many of each in one sweep. */
    private static final int AT_ONCE = 100;

    /** Who begins a push tells of it at once; after this nobody will. */
    static final Duration TOLD_WITHIN = Duration.ofMinutes(1);

    /** An upload that no file names was begun by somebody who died; one that a file names ends before this. */
    private static final Duration FORGOTTEN = Uploads.LIFETIME.plusDays(1);

    private final FileRegister files;
    private final PushRegister pushes;
    private final Blobs blobs;
    private final Notices notices;
    private final FileNews news;
    private final SweepTimes times;
    private final InstantSource clock;

    FileSweep(
            FileRegister files,
            PushRegister pushes,
            Blobs blobs,
            Notices notices,
            FileNews news,
            SweepTimes times,
            InstantSource clock) {
        this.files = Objects.requireNonNull(files);
        this.pushes = Objects.requireNonNull(pushes);
        this.blobs = Objects.requireNonNull(blobs);
        this.notices = Objects.requireNonNull(notices);
        this.news = Objects.requireNonNull(news);
        this.times = Objects.requireNonNull(times);
        this.clock = Objects.requireNonNull(clock);
    }

    /** What one sweep did. */
    public record Swept(int expired, int unused, int buried, int rechecked, int told, int failed) {
        /** One that found nothing to do. */
        public static final Swept NOTHING = new Swept(0, 0, 0, 0, 0, 0);
    }

    /** One sweep, if there is anything to do. What fails, for a store that does not answer, is left to the next. */
    public Swept sweep() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Instant> taken = times.take(now);
        if (taken.isEmpty()) {
            return Swept.NOTHING;
        }
        Swept swept = swept(now);
        times.done(taken.get(), now, nextDue(now, swept));
        return swept;
    }

    /** When there is something again: in a minute where something failed, or waits to be told. */
    private Optional<Instant> nextDue(Instant now, Swept swept) {
        Instant soon = now.plus(TOLD_WITHIN);
        if (swept.failed() > 0 || pushes.hasUntold()) {
            return Optional.of(soon);
        }
        // What is there still was too much for this sweep, or was only just left to be checked.
        return files.nextDue(soon).map(at -> at.isBefore(soon) ? soon : at);
    }

    private Swept swept(Instant now) {
        Tally expired = each(files.expired(now, AT_ONCE), fileId -> files.expire(fileId, now));
        int unused = files.doomUnused(now, AT_ONCE);
        Tally buried = each(files.doomed(now, AT_ONCE), this::bury);
        each(blobs.unfinished(now.minus(FORGOTTEN), AT_ONCE), one -> blobs.abandon(one.blob(), one.upload()));
        Tally rechecked = each(files.unchecked(now, AT_ONCE), news::toCheck);
        Tally announced = each(pushes.unnoticed(now.minus(TOLD_WITHIN), AT_ONCE), notices::announce);
        Tally told = each(pushes.untold(now.minus(Notices.PAUSE), AT_ONCE), notices::moved);
        return new Swept(
                expired.done(),
                unused,
                buried.done(),
                rechecked.done(),
                announced.done() + told.done(),
                expired.failed() + buried.failed() + rechecked.failed() + announced.failed() + told.failed());
    }

    private record Tally(int done, int failed) {}

    private static <T> Tally each(List<T> all, Consumer<T> work) {
        int failed = 0;
        for (T one : all) {
            try {
                work.accept(one);
            } catch (ApiException e) {
                failed++;
            }
        }
        return new Tally(all.size() - failed, failed);
    }

    private void bury(FileRegister.Doomed doomed) {
        doomed.upload().ifPresent(upload -> blobs.abandon(doomed.blob(), upload));
        blobs.remove(doomed.blob());
        files.buried(doomed.blob());
    }
}

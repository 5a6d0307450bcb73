package dev.parley.files;

import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limits;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.People;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Revocations;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.TokenIssuer;
import java.time.InstantSource;

/** The use cases of files, devices and pushes, over their ports. Thread-safe as far as those are. */
public final class Files {
    /** Where things are kept. */
    public record Stores(
            FileRegister files,
            DeviceRegister devices,
            PushRegister pushes,
            Blobs blobs,
            Conversations conversations,
            ShareNotes notes,
            People people,
            Revocations revocations,
            Ephemeral ephemeral,
            RateLimiter limiter,
            Limits limits) {}

    private final Uploads uploads;
    private final Library library;
    private final FileSearch search;
    private final Sharing sharing;
    private final Devices devices;
    private final Pushes pushes;
    private final FileCheck check;
    private final FileSweep sweep;
    private final AccountEnd accountEnd;

    public Files(Stores stores, FileNews news, TokenIssuer<AccessClaims> tokens, Ids ids, InstantSource clock) {
        FileRegister files = stores.files();
        FileAccess access = new FileAccess(files, stores.conversations(), clock);
        FileViews views = new FileViews(files);
        SweepTimes times = new SweepTimes(stores.ephemeral());
        Notices notices = new Notices(stores.pushes(), files, news, times, clock);
        this.sharing = new Sharing(files, stores.conversations(), access, views, stores.notes(), clock);
        this.check = new FileCheck(files, stores.blobs(), sharing, news, times, clock);
        this.uploads = new Uploads(
                files,
                stores.blobs(),
                access,
                views,
                sharing,
                check,
                news,
                times,
                stores.limiter(),
                stores.limits(),
                ids,
                clock);
        this.library = new Library(files, stores.blobs(), access, views, stores.notes(), notices, times, clock);
        this.search = new FileSearch(files, stores.conversations(), views, stores.people(), stores.limiter(), clock);
        this.devices = new Devices(
                stores.devices(),
                tokens,
                stores.revocations(),
                notices,
                news,
                stores.limiter(),
                stores.limits(),
                ids,
                clock);
        this.pushes = new Pushes(
                stores.pushes(),
                files,
                access,
                stores.conversations(),
                devices,
                notices,
                times,
                stores.people(),
                stores.limiter(),
                ids,
                clock);
        this.sweep = new FileSweep(files, stores.pushes(), stores.blobs(), notices, news, times, clock);
        this.accountEnd = new AccountEnd(files, stores.devices(), library, devices);
    }

    public Uploads uploads() {
        return uploads;
    }

    public Library library() {
        return library;
    }

    public FileSearch search() {
        return search;
    }

    public Sharing sharing() {
        return sharing;
    }

    public Devices devices() {
        return devices;
    }

    public Pushes pushes() {
        return pushes;
    }

    public FileSweep sweep() {
        return sweep;
    }

    /** Takes what the FileWork table's stream tells: files to check, and accounts that are gone. */
    public void told(OutboxEvent event) {
        FileNews.toCheck(event).ifPresent(check::check);
        accountEnd.accept(event);
    }
}

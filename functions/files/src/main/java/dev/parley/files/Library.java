package dev.parley.files;

import dev.parley.contracts.files.FileAddress;
import dev.parley.contracts.files.FileLimits;
import dev.parley.contracts.files.FileManifest;
import dev.parley.contracts.files.FileView;
import dev.parley.kernel.Envelope;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reading files, and removing them. */
public final class Library {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");

    private final FileRegister files;
    private final Blobs blobs;
    private final FileAccess access;
    private final FileViews views;
    private final ShareNotes notes;
    private final Notices notices;
    private final SweepTimes times;
    private final InstantSource clock;

    Library(
            FileRegister files,
            Blobs blobs,
            FileAccess access,
            FileViews views,
            ShareNotes notes,
            Notices notices,
            SweepTimes times,
            InstantSource clock) {
        this.files = Objects.requireNonNull(files);
        this.blobs = Objects.requireNonNull(blobs);
        this.access = Objects.requireNonNull(access);
        this.views = Objects.requireNonNull(views);
        this.notes = Objects.requireNonNull(notes);
        this.notices = Objects.requireNonNull(notices);
        this.times = Objects.requireNonNull(times);
        this.clock = Objects.requireNonNull(clock);
    }

    /** The caller's own files, the newest first. */
    public Envelope.Page<FileView> list(Principal caller, Optional<String> state, int page, int pageSize) {
        Envelope.Page<StoredFile> found = files.page(caller.userId(), state.map(Library::state), page, pageSize);
        return new Envelope.Page<>(found.list().stream().map(views::listed).toList(), found.total(), page, pageSize);
    }

    private static FileState state(String word) {
        for (FileState state : FileState.values()) {
            if (state.wire().equals(word) && state != FileState.REMOVED) {
                return state;
            }
        }
        throw Errors.invalid("state", "state must be uploading, checking, ready or refused");
    }

    /** @throws dev.parley.kernel.ApiException 404 */
    public FileView read(Principal caller, String fileId) {
        return views.one(caller, access.readable(caller, fileId));
    }

    /** @throws dev.parley.kernel.ApiException 404, 409 {@code file.not_ready} */
    public FileManifest manifest(Principal caller, String fileId) {
        StoredFile file = ready(caller, fileId);
        return new FileManifest(
                file.id(),
                file.name(),
                file.size(),
                file.sha256(),
                file.type().orElseThrow(),
                file.risk().map(Risk::wire).orElse(null),
                FileLimits.CHUNK_BYTES,
                files.chunks(fileId).hex());
    }

    /**
     * Where the bytes are for the next five minutes. They are offered as something to save, and what could run in a page has no type.
     *
     * @param range {@code bytes=0-499}, when the address is to be good for that alone
     * @throws dev.parley.kernel.ApiException 400, 404, 409 {@code file.not_ready}, 503
     */
    public FileAddress address(Principal caller, String fileId, Optional<String> range) {
        StoredFile file = ready(caller, fileId);
        Optional<Blobs.Range> part = range.map(text -> range(text, file.size()));
        String type =
                file.risk().isPresent() ? FileRules.UNKNOWN_TYPE : file.type().orElseThrow();
        Blobs.Address address = blobs.read(file.blob().orElseThrow(), file.name(), type, part);
        return new FileAddress(address.url(), address.method(), address.headers(), address.expiresAt(), type);
    }

    private StoredFile ready(Principal caller, String fileId) {
        StoredFile file = access.readable(caller, fileId);
        if (!file.ready()) {
            throw FilesErrors.NOT_READY.exception();
        }
        return file;
    }

    private static Blobs.Range range(String text, long size) {
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            long first = Long.parseLong(range.group(1));
            long last = Long.parseLong(range.group(2));
            if (first <= last && last < size) {
                return new Blobs.Range(first, last);
            }
        }
        throw Errors.invalid("range", "range must be bytes=first-last within the file's " + size + " bytes");
    }

    /**
     * Removes a file: nobody reads it any more, what was pushed is called back, messages that carry it say so when it is asked for. Done
     * again, it is done.
     *
     * @param any whether the caller may remove other people's
     * @throws dev.parley.kernel.ApiException 404, 503
     */
    public void remove(Principal caller, String fileId, boolean any) {
        Optional<StoredFile> found = files.find(fileId);
        if (found.isEmpty() || !any && !FileAccess.owns(caller, found.get())) {
            throw FilesErrors.NO_FILE.exception();
        }
        remove(fileId);
    }

    /** As {@link #remove(Principal, String, boolean)}, of an account that is gone. */
    void remove(String fileId) {
        files.conversations(fileId).forEach(id -> notes.remove(id, fileId));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        times.wanted(now.plus(FileSweep.BURIED_AFTER));
        files.remove(fileId, now).ifPresent(removal -> {
            // Shared by somebody else since they were read.
            removal.conversations().forEach(id -> notes.remove(id, fileId));
            removal.pushes().forEach(notices::recalled);
        });
    }

    /** Whose file it is, for the audit log. @throws dev.parley.kernel.ApiException 404 */
    public String ownerOf(String fileId) {
        return access.existing(fileId).ownerId();
    }
}

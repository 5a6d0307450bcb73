package dev.parley.files;

import dev.parley.contracts.files.FileDraft;
import dev.parley.contracts.files.FileLimits;
import dev.parley.contracts.files.FileReply;
import dev.parley.contracts.files.FileView;
import dev.parley.contracts.files.PartAddress;
import dev.parley.contracts.files.UploadView;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Limit;
import dev.parley.kernel.Limits;
import dev.parley.kernel.Principal;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Bringing files in: an intent, the parts past every function, and that it is complete. Everything may be asked again, from any device: the
 * same file is found, and what is stored of it is not sent twice.
 */
public final class Uploads {
    /** How long an upload may take. */
    static final Duration LIFETIME = Duration.ofDays(7);

    /** After this nobody looks at a file that is complete, unless the sweep has it looked at. */
    private static final Duration CHECKED_WITHIN = Duration.ofMinutes(2);

    private static final long MEGABYTE = 1L << 20;

    private final FileRegister files;
    private final Blobs blobs;
    private final FileAccess access;
    private final FileViews views;
    private final Sharing sharing;
    private final FileCheck check;
    private final FileNews news;
    private final SweepTimes times;
    private final RateLimiter limiter;
    private final Limits limits;
    private final Ids ids;
    private final InstantSource clock;

    Uploads(
            FileRegister files,
            Blobs blobs,
            FileAccess access,
            FileViews views,
            Sharing sharing,
            FileCheck check,
            FileNews news,
            SweepTimes times,
            RateLimiter limiter,
            Limits limits,
            Ids ids,
            InstantSource clock) {
        this.files = Objects.requireNonNull(files);
        this.blobs = Objects.requireNonNull(blobs);
        this.access = Objects.requireNonNull(access);
        this.views = Objects.requireNonNull(views);
        this.sharing = Objects.requireNonNull(sharing);
        this.check = Objects.requireNonNull(check);
        this.news = Objects.requireNonNull(news);
        this.times = Objects.requireNonNull(times);
        this.limiter = Objects.requireNonNull(limiter);
        this.limits = Objects.requireNonNull(limits);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /** @param created whether there was no such file before, and it is still to be sent */
    public record Intent(boolean created, FileReply reply) {}

    /**
     * Begins an upload, or finds the one that was begun.
     *
     * @throws dev.parley.kernel.ApiException 400 by field, 404 {@code conversation.not_found}, 409 {@code file.quota}, 413, 429, 503
     */
    public Intent begin(Principal caller, FileDraft draft) {
        StoredFile wanted = wanted(caller, draft);
        Chunks chunks = FileRules.chunks(draft);
        requireSize(wanted.size());
        wanted.shareWith().ifPresent(id -> sharing.requireInside(caller, id));
        limiter.check("uploads#" + caller.userId(), Limit.ACCOUNT_UPLOADS);
        boolean has = access.hasContent(caller, wanted.sha256());
        long quota = limits.of(Limit.ACCOUNT_FILE_MEGABYTES) * MEGABYTE;
        FileRegister.Opening opening = files.open(wanted, chunks, has, quota);
        return switch (opening.kind()) {
            case FULL ->
                throw FilesErrors.QUOTA.exception(
                        FilesErrors.QUOTA.message(), Map.of("limit", quota, "used", opening.used()));
            case LINKED -> {
                sharing.shareAsWanted(opening.file());
                yield new Intent(false, new FileReply(views.one(caller, opening.file()), null));
            }
            case BEGUN, FOUND -> {
                boolean begun = opening.kind() == FileRegister.Opening.Kind.BEGUN;
                times.wanted(opening.file().expiresAt());
                yield new Intent(begun, reply(caller, opening.file(), Optional.empty()));
            }
        };
    }

    private StoredFile wanted(Principal caller, FileDraft draft) {
        Instant now = now();
        String id = ids.opaque("f_");
        return new StoredFile(
                id,
                caller.userId(),
                FileRules.name(draft.name()),
                FileRules.size(draft),
                FileRules.hash("sha256", draft.sha256()),
                FileRules.type(draft.type()),
                FileState.UPLOADING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("contents/" + id),
                Optional.empty(),
                Optional.ofNullable(draft.conversationId()).map(FileRules::conversation),
                now,
                Optional.empty(),
                now.plus(LIFETIME));
    }

    private void requireSize(long size) {
        long most = limits.of(Limit.FILE_MEGABYTES) * MEGABYTE;
        if (size > most) {
            throw FilesErrors.TOO_LARGE.exception(FilesErrors.TOO_LARGE.message(), Map.of("limit", most));
        }
    }

    /**
     * Fresh addresses.
     *
     * @param parts of which; the first that are missing when empty
     * @throws dev.parley.kernel.ApiException 400, 404, 409 {@code file.state}, 503
     */
    public UploadView addresses(Principal caller, String fileId, Optional<List<Integer>> parts) {
        StoredFile file = uploading(caller, fileId);
        parts.ifPresent(numbers -> requireParts(numbers, Chunks.countOf(file.size())));
        return reply(caller, file, parts).upload();
    }

    private StoredFile uploading(Principal caller, String fileId) {
        StoredFile file = access.own(caller, fileId);
        if (file.state() != FileState.UPLOADING) {
            throw FilesErrors.STATE.exception();
        }
        return file;
    }

    private static void requireParts(List<Integer> numbers, int count) {
        if (numbers.isEmpty()
                || numbers.size() > FileLimits.ADDRESSES
                || numbers.stream().anyMatch(number -> number == null || number < 1 || number > count)) {
            throw Errors.invalid("parts", "parts must be 1 to " + FileLimits.ADDRESSES + " numbers from 1 to " + count);
        }
    }

    private FileReply reply(Principal caller, StoredFile file, Optional<List<Integer>> wanted) {
        if (file.state() != FileState.UPLOADING) {
            return new FileReply(views.one(caller, file), null);
        }
        Upload upload = upload(file);
        int count = Chunks.countOf(file.size());
        List<Integer> missing = missing(file, upload.parts());
        List<Integer> asked = wanted.map(numbers -> numbers.stream().distinct().toList())
                .orElseGet(() -> missing.stream().limit(FileLimits.ADDRESSES).toList());
        Chunks chunks = files.chunks(file.id());
        List<PartAddress> addresses = new ArrayList<>();
        for (int number : asked) {
            long size = Chunks.sizeOf(file.size(), number);
            Blobs.Address address =
                    blobs.part(file.blob().orElseThrow(), upload.id(), number, size, chunks.hash(number));
            addresses.add(new PartAddress(
                    number, size, address.method(), address.url(), address.headers(), address.expiresAt()));
        }
        List<Integer> present = IntStream.rangeClosed(1, count)
                .boxed()
                .filter(number -> !missing.contains(number))
                .toList();
        boolean more = !new HashSet<>(asked).containsAll(missing);
        return new FileReply(
                views.one(caller, file),
                new UploadView(FileLimits.CHUNK_BYTES, count, present, List.copyOf(addresses), more));
    }

    /** An upload as the store knows it. @param parts sizes by number */
    private record Upload(String id, Map<Integer, Long> parts) {}

    /** The upload of a file; begun anew where the store does not know it any more. */
    private Upload upload(StoredFile file) {
        String blob = file.blob().orElseThrow();
        if (file.upload().isPresent()) {
            Optional<Map<Integer, Long>> parts = blobs.parts(blob, file.upload().get());
            if (parts.isPresent()) {
                return new Upload(file.upload().get(), parts.get());
            }
            if (blobs.size(blob).orElse(-1) == file.size()) {
                // Put together by a call that did not come to note it: nothing is missing.
                return new Upload(file.upload().get(), all(file));
            }
        }
        String begun = blobs.begin(blob, FileRules.UNKNOWN_TYPE);
        if (files.begun(file.id(), file.upload(), begun)) {
            return new Upload(begun, Map.of());
        }
        // Another device was faster: its upload counts.
        blobs.abandon(blob, begun);
        StoredFile now = files.find(file.id()).orElseThrow(FilesErrors.NO_FILE::exception);
        String other =
                now.upload().filter(id -> now.state() == FileState.UPLOADING).orElseThrow(FilesErrors.STATE::exception);
        return new Upload(other, blobs.parts(blob, other).orElse(Map.of()));
    }

    private static Map<Integer, Long> all(StoredFile file) {
        return IntStream.rangeClosed(1, Chunks.countOf(file.size()))
                .boxed()
                .collect(Collectors.toMap(number -> number, number -> Chunks.sizeOf(file.size(), number)));
    }

    private static List<Integer> missing(StoredFile file, Map<Integer, Long> present) {
        return IntStream.rangeClosed(1, Chunks.countOf(file.size()))
                .filter(number ->
                        !Long.valueOf(Chunks.sizeOf(file.size(), number)).equals(present.get(number)))
                .boxed()
                .toList();
    }

    /**
     * All parts were sent: they become one object, which is looked at before anybody else sees it; at once when it is small, else by and by.
     *
     * @return the file: {@code checking} when it is still to be looked at
     * @throws dev.parley.kernel.ApiException 404, 409 {@code file.incomplete} with {@code missing}, 409 {@code file.state}, 503
     */
    public FileView complete(Principal caller, String fileId) {
        StoredFile file = access.own(caller, fileId);
        if (file.state() == FileState.UPLOADING) {
            putTogether(file);
            times.wanted(now().plus(CHECKED_WITHIN));
            files.stored(fileId);
        }
        StoredFile stored = access.own(caller, fileId);
        if (stored.state() != FileState.CHECKING) {
            sharing.shareAsWanted(stored);
            return views.one(caller, stored);
        }
        if (FileCheck.isQuick(stored)) {
            return views.one(caller, check.check(fileId).orElseGet(() -> access.own(caller, fileId)));
        }
        news.toCheck(fileId);
        return views.one(caller, stored);
    }

    private void putTogether(StoredFile file) {
        String blob = file.blob().orElseThrow();
        Optional<Map<Integer, Long>> parts = file.upload().flatMap(upload -> blobs.parts(blob, upload));
        if (parts.isPresent()) {
            requireAll(missing(file, parts.get()));
        }
        Blobs.Finished finished =
                file.upload().map(upload -> blobs.finish(blob, upload)).orElse(Blobs.Finished.GONE);
        if (finished != Blobs.Finished.DONE && !isTogether(file)) {
            Map<Integer, Long> left =
                    file.upload().flatMap(upload -> blobs.parts(blob, upload)).orElse(Map.of());
            List<Integer> missing = missing(file, left);
            requireAll(missing.isEmpty() ? List.of(1) : missing);
        }
    }

    /** Another call may have done it meanwhile, and may have found that the content is kept already. */
    private boolean isTogether(StoredFile file) {
        return blobs.size(file.blob().orElseThrow()).orElse(-1) == file.size()
                || files.find(file.id())
                        .filter(now -> now.state() == FileState.UPLOADING)
                        .isEmpty();
    }

    private static void requireAll(List<Integer> missing) {
        if (!missing.isEmpty()) {
            throw FilesErrors.INCOMPLETE.exception(FilesErrors.INCOMPLETE.message(), Map.of("missing", missing));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

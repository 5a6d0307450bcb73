package dev.parley.files;

import dev.parley.contracts.files.FileLimits;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks at what was uploaded, before anybody but its owner knows of it: how many bytes there are, the SHA-256 of each chunk and of all of
 * it, and what they are. One reader at a time has a file; what a reader that died left is taken up by another.
 */
public final class FileCheck {
    /** For how long a file is one reader's: a function lives fifteen minutes at most. */
    private static final Duration CLAIM = Duration.ofMinutes(16);

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileRegister files;
    private final Blobs blobs;
    private final Sharing sharing;
    private final FileNews news;
    private final SweepTimes times;
    private final InstantSource clock;

    FileCheck(FileRegister files, Blobs blobs, Sharing sharing, FileNews news, SweepTimes times, InstantSource clock) {
        this.files = Objects.requireNonNull(files);
        this.blobs = Objects.requireNonNull(blobs);
        this.sharing = Objects.requireNonNull(sharing);
        this.news = Objects.requireNonNull(news);
        this.times = Objects.requireNonNull(times);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Checks a file, if it waits to be checked and nobody else has it.
     *
     * @return the file as it is then; empty when there was nothing to do
     * @throws ApiException 503 when a store does not answer; the file waits on
     */
    public Optional<StoredFile> check(String fileId) {
        Instant now = now();
        Optional<StoredFile> claimed = files.claim(fileId, now, now.plus(CLAIM));
        if (claimed.isEmpty()) {
            // Told again of one that was checked and then not shared.
            files.find(fileId).ifPresent(sharing::shareAsWanted);
            return Optional.empty();
        }
        Optional<StoredFile> settled;
        try {
            settled = settle(claimed.get());
        } catch (RuntimeException e) {
            giveBack(fileId, e);
            throw e;
        }
        settled.ifPresent(file -> {
            // It may have left bytes that nobody needs.
            times.wanted(now().plus(FileSweep.BURIED_AFTER));
            sharing.shareAsWanted(file);
            news.checked(file);
        });
        return settled;
    }

    private Optional<StoredFile> settle(StoredFile file) {
        Verdict verdict = look(file);
        return verdict.refusal().isPresent()
                ? files.refuse(file.id(), verdict.refusal().get(), now())
                : files.accept(file.id(), verdict.found(), now());
    }

    /** The next one need not wait until this claim is over. */
    private void giveBack(String fileId, RuntimeException because) {
        try {
            files.giveBack(fileId);
        } catch (ApiException e) {
            because.addSuppressed(e);
        }
    }

    private record Verdict(Optional<Refusal> refusal, Sniffer.Sniffed found) {
        static Verdict refused(Refusal refusal) {
            return new Verdict(Optional.of(refusal), null);
        }
    }

    private Verdict look(StoredFile file) {
        String blob = file.blob().orElseThrow();
        OptionalLong size = blobs.size(blob);
        if (size.isEmpty() || size.getAsLong() != file.size()) {
            return Verdict.refused(Refusal.SIZE);
        }
        Optional<InputStream> opened = blobs.open(blob, file.size());
        if (opened.isEmpty()) {
            return Verdict.refused(Refusal.SIZE);
        }
        try (InputStream in = opened.get()) {
            return read(file, files.chunks(file.id()), in);
        } catch (IOException e) {
            throw new ApiException(
                    Errors.STORE_UNAVAILABLE, Errors.STORE_UNAVAILABLE.message(), Map.of(), Duration.ofSeconds(2), e);
        }
    }

    private static Verdict read(StoredFile file, Chunks chunks, InputStream in) throws IOException {
        MessageDigest whole = sha256();
        byte[] head = new byte[0];
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int number = 1; number <= chunks.count(); number++) {
            MessageDigest chunk = sha256();
            long left = Chunks.sizeOf(file.size(), number);
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    return Verdict.refused(Refusal.SIZE);
                }
                chunk.update(buffer, 0, read);
                whole.update(buffer, 0, read);
                if (head.length < Sniffer.HEAD_BYTES) {
                    head = joined(head, buffer, Math.min(read, Sniffer.HEAD_BYTES - head.length));
                }
                left -= read;
            }
            if (!Arrays.equals(chunk.digest(), chunks.hash(number))) {
                return Verdict.refused(Refusal.CHUNK_HASH);
            }
        }
        if (!HexFormat.of().formatHex(whole.digest()).equals(file.sha256())) {
            return Verdict.refused(Refusal.HASH);
        }
        Sniffer.Sniffed found = Sniffer.sniff(head, file.declaredType());
        return Sniffer.deceives(file.declaredType(), found)
                ? Verdict.refused(Refusal.TYPE)
                : new Verdict(Optional.empty(), found);
    }

    private static byte[] joined(byte[] head, byte[] more, int count) {
        byte[] both = Arrays.copyOf(head, head.length + count);
        System.arraycopy(more, 0, both, head.length, count);
        return both;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Whether a file is small enough to be checked while its owner waits. */
    static boolean isQuick(StoredFile file) {
        return file.size() <= FileLimits.CHECKED_AT_ONCE_BYTES;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

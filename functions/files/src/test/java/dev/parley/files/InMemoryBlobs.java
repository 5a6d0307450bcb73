package dev.parley.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The port's in-memory twin, for tests: what would be sent to an address is given to {@link #send}. */
public final class InMemoryBlobs implements Blobs {
    private record Upload(String blob, Map<Integer, byte[]> parts) {}

    private final InstantSource clock;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();

    public InMemoryBlobs(InstantSource clock) {
        this.clock = clock;
    }

    /** What a PUT does. @return whether the store takes it */
    public boolean send(String url, byte[] bytes) {
        String[] parts = url.replace("memory:///", "").split("[?&]");
        Upload upload = uploads.get(parts[1]);
        boolean right = upload != null
                && bytes.length == Long.parseLong(parts[3])
                && HexFormat.of().formatHex(sha256(bytes)).equals(parts[4]);
        if (right) {
            upload.parts().put(Integer.parseInt(parts[2]), bytes);
        }
        return right;
    }

    /** What a GET of an address brings. */
    public byte[] fetch(String url) {
        String[] parts = url.replace("memory:///", "").split("[?&]");
        byte[] bytes = objects.get(parts[0]);
        return parts.length < 2
                ? bytes
                : Arrays.copyOfRange(bytes, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]) + 1);
    }

    /** The store goes wrong: other bytes stand there. */
    public void spoil(String blob, byte[] bytes) {
        objects.put(blob, bytes);
    }

    public int objects() {
        return objects.size();
    }

    public int uploads() {
        return uploads.size();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String begin(String blob, String type) {
        String id = "upload-" + begun.incrementAndGet();
        uploads.put(id, new Upload(blob, new ConcurrentHashMap<>()));
        return id;
    }

    @Override
    public Address part(String blob, String upload, int number, long size, byte[] sha256) {
        String url = "memory:///" + blob + "?" + upload + "&" + number + "&" + size + "&"
                + HexFormat.of().formatHex(sha256);
        return new Address("PUT", url, Map.of(), clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Override
    public Optional<Map<Integer, Long>> parts(String blob, String upload) {
        return Optional.ofNullable(uploads.get(upload))
                .map(found -> found.parts().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, part -> (long) part.getValue().length)));
    }

    @Override
    public Finished finish(String blob, String upload) {
        uploads.computeIfPresent(upload, (id, all) -> {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            new TreeMap<>(all.parts()).values().forEach(whole::writeBytes);
            objects.put(blob, whole.toByteArray());
            return null;
        });
        return objects.containsKey(blob) ? Finished.DONE : Finished.GONE;
    }

    @Override
    public void abandon(String blob, String upload) {
        uploads.remove(upload);
    }

    @Override
    public List<Unfinished> unfinished(Instant before, int limit) {
        return List.of();
    }

    @Override
    public Address read(String blob, String name, String type, Optional<Range> range) {
        String url = "memory:///" + blob
                + range.map(part -> "?" + part.first() + "&" + part.last()).orElse("");
        return new Address("GET", url, Map.of(), clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Override
    public OptionalLong size(String blob) {
        byte[] bytes = objects.get(blob);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length);
    }

    @Override
    public Optional<InputStream> open(String blob, long size) {
        return Optional.ofNullable(objects.get(blob)).map(ByteArrayInputStream::new);
    }

    @Override
    public void remove(String blob) {
        objects.remove(blob);
    }
}

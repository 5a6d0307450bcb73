package dev.parley.files.objects;

import dev.parley.files.Blobs;
import dev.parley.platform.objects.Finish;
import dev.parley.platform.objects.LargeObjects;
import dev.parley.platform.objects.Part;
import dev.parley.platform.objects.Reading;
import dev.parley.platform.objects.SignedRequest;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Bytes in a store of large objects, under keys that are the blobs' names. */
public final class StoreBlobs implements Blobs {
    private final LargeObjects objects;

    public StoreBlobs(LargeObjects objects) {
        this.objects = Objects.requireNonNull(objects);
    }

    @Override
    public String begin(String blob, String type) {
        return objects.begin(blob, type);
    }

    @Override
    public Address part(String blob, String upload, int number, long size, byte[] sha256) {
        return address(objects.part(blob, upload, number, size, sha256));
    }

    @Override
    public Optional<Map<Integer, Long>> parts(String blob, String upload) {
        return objects.parts(blob, upload)
                .map(parts -> parts.stream().collect(Collectors.toMap(Part::number, Part::size)));
    }

    @Override
    public Finished finish(String blob, String upload) {
        Optional<List<Part>> parts = objects.parts(blob, upload);
        if (parts.isEmpty()) {
            // Another call put it together, or it was given up.
            return objects.stat(blob).isPresent() ? Finished.DONE : Finished.GONE;
        }
        Finish finish = objects.finish(blob, upload, parts.get());
        return switch (finish) {
            case DONE -> Finished.DONE;
            case GONE -> Finished.GONE;
            case REFUSED -> Finished.REFUSED;
        };
    }

    @Override
    public void abandon(String blob, String upload) {
        objects.abandon(blob, upload);
    }

    @Override
    public List<Unfinished> unfinished(Instant before, int limit) {
        return objects.uploads("contents/", limit).stream()
                .filter(upload -> upload.begunAt().isBefore(before))
                .map(upload -> new Unfinished(upload.key(), upload.id()))
                .toList();
    }

    @Override
    public Address read(String blob, String name, String type, Optional<Range> range) {
        Reading all = Reading.of(name, type);
        Reading reading =
                range.map(part -> all.bytes(part.first(), part.last())).orElse(all);
        return address(objects.read(blob, reading));
    }

    @Override
    public OptionalLong size(String blob) {
        return objects.stat(blob).map(found -> OptionalLong.of(found.size())).orElse(OptionalLong.empty());
    }

    @Override
    public Optional<InputStream> open(String blob, long size) {
        return objects.open(blob, 0, size);
    }

    @Override
    public void remove(String blob) {
        objects.remove(blob);
    }

    private static Address address(SignedRequest signed) {
        return new Address(signed.method(), signed.uri().toString(), signed.headers(), signed.expiresAt());
    }
}

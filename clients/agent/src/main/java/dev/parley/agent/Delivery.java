package dev.parley.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/** Fetches one file, from the notice to its place in the folder. */
final class Delivery implements Callable<Path> {
    /** How often a chunk may be wrong before the file is given up. */
    private static final int WRONG = 3;
    /** How many connections in a row may fail without bringing a byte. */
    private static final int FRUITLESS = 8;
    /** Left free on the disk. */
    private static final long SPARE = 16L << 20;

    private final Notice notice;
    private final Credential credential;
    private final Server server;
    private final Folder folder;
    private final ChunkPull pull;
    private final Semaphore connections;
    private final RandomGenerator random;
    private final Told told;
    private URI address;

    /** Hears how far it is. */
    interface Told {
        /** @param bytes of whole chunks that are there */
        void arrived(long bytes);
    }

    /** @param connections to the store, of all deliveries together */
    Delivery(
            Notice notice,
            Credential credential,
            Server server,
            Folder folder,
            ChunkPull pull,
            Semaphore connections,
            RandomGenerator random,
            Told told) {
        this.notice = notice;
        this.credential = credential;
        this.server = server;
        this.folder = folder;
        this.pull = pull;
        this.connections = connections;
        this.random = random;
        this.told = told;
    }

    /**
     * Where the file is now.
     *
     * @throws FailedException when it cannot be had
     * @throws RefusedException when the push was called back
     */
    @Override
    public Path call() throws FailedException, IOException, InterruptedException {
        Optional<Path> there = folder.find(notice.size(), notice.sha256());
        if (there.isPresent()) {
            return alreadyThere(there.get());
        }
        Manifest manifest = manifest();
        PartFile part = PartFile.open(folder.parts(), manifest);
        try {
            checkRoom(part);
            pullAll(part, manifest);
            if (!part.isWhole()) {
                part.delete();
                throw new FailedException("hash", false);
            }
        } catch (FileSystemException e) {
            part.close();
            throw disk(e);
        } finally {
            part.close();
        }
        Path placed = folder.place(part.path(), notice.name(), notice.size(), notice.sha256());
        part.deleteJournal();
        return placed;
    }

    /** The content is here, perhaps under another name: then it is copied, not pulled. */
    private Path alreadyThere(Path file) throws IOException, FailedException {
        String name = SafeName.of(notice.name());
        if (file.getFileName().toString().equals(name)) {
            return file;
        }
        try {
            return folder.copy(file, notice);
        } catch (FileSystemException e) {
            throw disk(e);
        }
    }

    private Manifest manifest() throws IOException, FailedException, InterruptedException {
        try {
            return Manifest.of(patiently(() -> server.manifest(credential, notice.fileId())), notice);
        } catch (IllegalArgumentException e) {
            throw new FailedException("manifest", false);
        }
    }

    private void checkRoom(PartFile part) throws IOException, FailedException {
        if (folder.room() - SPARE < notice.size() - part.arrived()) {
            throw new FailedException("disk_full", true);
        }
    }

    private static FailedException disk(FileSystemException e) {
        boolean full = String.valueOf(e.getReason()).contains("No space left")
                || String.valueOf(e.getReason()).contains("quota");
        return new FailedException(full ? "disk_full" : "disk", true);
    }

    private void pullAll(PartFile part, Manifest manifest) throws IOException, FailedException, InterruptedException {
        told.arrived(part.arrived());
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> pulling = new ArrayList<>();
            for (int chunk = 0; chunk < manifest.chunks().size(); chunk++) {
                if (!part.has(chunk)) {
                    int number = chunk;
                    pulling.add(workers.submit(() -> {
                        connections.acquire();
                        try {
                            pullChunk(part, manifest, number);
                        } finally {
                            connections.release();
                        }
                        return null;
                    }));
                }
            }
            try {
                for (Future<?> one : pulling) {
                    one.get();
                }
            } catch (ExecutionException e) {
                workers.shutdownNow();
                switch (e.getCause()) {
                    case FailedException failed -> throw failed;
                    case IOException failed -> throw failed;
                    case InterruptedException stopped -> throw stopped;
                    default -> throw new IllegalStateException(e.getCause());
                }
            } catch (InterruptedException e) {
                workers.shutdownNow();
                throw e;
            }
        }
    }

    private void pullChunk(PartFile part, Manifest manifest, int chunk)
            throws IOException, FailedException, InterruptedException {
        for (int wrong = 0; wrong < WRONG; wrong++) {
            var progress = new ChunkPull.Progress();
            pullBytes(part, manifest, chunk, progress);
            if (progress.hash().equals(manifest.chunks().get(chunk))) {
                part.arrived(chunk);
                told.arrived(part.arrived());
                return;
            }
        }
        throw new FailedException("hash", false);
    }

    private void pullBytes(PartFile part, Manifest manifest, int chunk, ChunkPull.Progress progress)
            throws IOException, FailedException, InterruptedException {
        var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), random);
        while (true) {
            int before = progress.done();
            URI from = address();
            Duration askedFor = Duration.ZERO;
            try {
                pull.pull(from, part.bytes(), manifest.offset(chunk), manifest.length(chunk), progress);
                return;
            } catch (FileSystemException e) {
                throw e;
            } catch (RefusedException e) {
                if (e.status() == 404 || e.status() == 410) {
                    throw new FailedException("removed", false);
                }
                forget(from); // 403: its time is over
                askedFor = e.retryAfter();
            } catch (IOException e) {
                if (String.valueOf(e.getMessage()).contains("No space left")) {
                    throw new FailedException("disk_full", true);
                }
            }
            if (progress.done() > before) {
                backoff.succeeded();
            } else if (backoff.failures() >= FRUITLESS) {
                throw new FailedException("network", true);
            }
            Thread.sleep(backoff.next(askedFor));
        }
    }

    /** One address for all chunks, until it is refused. */
    private synchronized URI address() throws IOException, FailedException, InterruptedException {
        if (address == null) {
            address = URI.create(
                    patiently(() -> server.address(credential, notice.fileId())).text("url"));
        }
        return address;
    }

    private synchronized void forget(URI refused) {
        if (refused.equals(address)) {
            address = null;
        }
    }

    private interface Request {
        Json make() throws IOException, InterruptedException;
    }

    /** Asks the server until it answers; what it will not change its mind about ends the delivery. */
    private Json patiently(Request request) throws IOException, FailedException, InterruptedException {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random);
        while (true) {
            Duration askedFor = Duration.ZERO;
            try {
                return request.make();
            } catch (RefusedException e) {
                if (e.status() == 404 || e.status() == 409) {
                    throw new FailedException("removed", false);
                }
                if (!e.mayPass()) {
                    throw e;
                }
                askedFor = e.retryAfter();
            } catch (IOException e) {
                if (backoff.failures() >= FRUITLESS) {
                    throw new FailedException("network", true);
                }
            }
            Thread.sleep(backoff.next(askedFor));
        }
    }
}

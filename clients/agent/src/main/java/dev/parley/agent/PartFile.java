package dev.parley.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;

/**
 * A file on its way: its bytes in {@code HASH.part}, and in {@code HASH.journal} the numbers of the chunks that are there, a line each, written once the bytes are on the
 * disk. After a crash the journal says where to look, and every chunk that it names is read and hashed again: what it says is never believed.
 */
final class PartFile implements AutoCloseable {
    private final Manifest manifest;
    private final Path path;
    private final Path journalPath;
    private final FileChannel bytes;
    private final FileChannel journal;
    private final BitSet present = new BitSet();

    private PartFile(Manifest manifest, Path path, Path journalPath, FileChannel bytes, FileChannel journal) {
        this.manifest = manifest;
        this.path = path;
        this.journalPath = journalPath;
        this.bytes = bytes;
        this.journal = journal;
    }

    /** Opens what an earlier run left, or begins. */
    static PartFile open(Path folder, Manifest manifest) throws IOException {
        Files.createDirectories(folder);
        Path path = folder.resolve(manifest.sha256() + ".part");
        Path journalPath = folder.resolve(manifest.sha256() + ".journal");
        List<String> lines = Files.isRegularFile(journalPath) ? Files.readAllLines(journalPath) : List.of();
        FileChannel bytes =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel journal = FileChannel.open(journalPath, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var part = new PartFile(manifest, path, journalPath, bytes, journal);
        for (String line : lines) {
            part.recover(line);
        }
        return part;
    }

    private void recover(String line) throws IOException {
        int chunk;
        try {
            chunk = Integer.parseInt(line.strip());
        } catch (NumberFormatException e) {
            return; // the last line of a crash may be cut
        }
        if (chunk >= 0
                && chunk < manifest.chunks().size()
                && !present.get(chunk)
                && Hashes.of(bytes, manifest.offset(chunk), manifest.length(chunk))
                        .equals(manifest.chunks().get(chunk))) {
            present.set(chunk);
        }
    }

    FileChannel bytes() {
        return bytes;
    }

    Path path() {
        return path;
    }

    synchronized boolean has(int chunk) {
        return present.get(chunk);
    }

    /** How many bytes of whole chunks are there. */
    synchronized long arrived() {
        return present.stream().mapToLong(manifest::length).sum();
    }

    /** A chunk was written and is what it should be. */
    synchronized void arrived(int chunk) throws IOException {
        bytes.force(false);
        journal.write(ByteBuffer.wrap((chunk + "\n").getBytes(StandardCharsets.US_ASCII)));
        present.set(chunk);
    }

    /** Whether all of it is the file that was pushed: read again, from the disk. */
    boolean isWhole() throws IOException {
        return bytes.size() == manifest.size()
                && Hashes.of(bytes, 0, manifest.size()).equals(manifest.sha256());
    }

    /** Forgets all of it. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
        Files.deleteIfExists(journalPath);
    }

    /** The bytes have been moved to where they belong. */
    void deleteJournal() throws IOException {
        close();
        Files.deleteIfExists(journalPath);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
        journal.close();
    }
}

package dev.parley.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that is kept in sync. Files stand at its top; what is on its way is in {@code .parley/}, on the same disk, so that a file gets its name in one step. Nothing
 * in it is ever overwritten: a name that another file has gets a number.
 */
final class Folder implements AutoCloseable {
    private static final String OWN = ".parley";
    private static final int MOST_NUMBERS = 10_000;

    private final Path root;
    private final FileChannel lockFile;
    private final Map<Path, Known> hashes = new HashMap<>();

    private record Known(long size, FileTime modified, String sha256) {}

    private Folder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /** @throws AgentException when another agent works in it, or it cannot be written */
    static Folder open(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root.resolve(OWN));
            FileChannel lockFile = FileChannel.open(
                    root.resolve(OWN).resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new AgentException(Exit.FOLDER, "another agent keeps " + root);
            }
            return new Folder(root, lockFile);
        } catch (IOException e) {
            throw new AgentException(Exit.FOLDER, root + " cannot be used: " + e);
        }
    }

    private static FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path root() {
        return root;
    }

    /** Where part files are. */
    Path parts() {
        return root.resolve(OWN).resolve("parts");
    }

    /** Bytes that may still be written. */
    long room() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** A file at the top that has this content; files of that size are read to find out, once. */
    synchronized Optional<Path> find(long size, String sha256) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (sha256.equals(hashOf(file, size).orElse(""))) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> hashOf(Path file, long size) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() || attributes.size() != size) {
                return Optional.empty();
            }
            Known known = hashes.get(file);
            if (known == null || known.size != size || !known.modified.equals(attributes.lastModifiedTime())) {
                try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.READ)) {
                    known = new Known(size, attributes.lastModifiedTime(), Hashes.of(bytes, 0, size));
                }
                hashes.put(file, known);
            }
            return Optional.of(known.sha256);
        } catch (NoSuchFileException | AccessDeniedException e) {
            return Optional.empty();
        }
    }

    /** Copies a file of the folder under the name of a notice; what was read is hashed, so that a file that changes meanwhile is found out. */
    Path copy(Path file, Notice notice) throws IOException {
        Files.createDirectories(parts());
        Path whole = parts().resolve(notice.sha256() + ".copy");
        Files.copy(file, whole, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel bytes = FileChannel.open(whole, StandardOpenOption.READ)) {
            if (bytes.size() != notice.size()
                    || !Hashes.of(bytes, 0, notice.size()).equals(notice.sha256())) {
                throw new IOException(file + " changed while it was copied");
            }
        }
        return place(whole, notice.name(), notice.size(), notice.sha256());
    }

    /**
     * Gives a whole file its name in one step. A file of that name with the same content stays as it is.
     *
     * @param wish its name as the sender has it
     * @return where it is now
     */
    synchronized Path place(Path whole, String wish, long size, String sha256) throws IOException {
        String name = SafeName.of(wish);
        for (int number = 1; number <= MOST_NUMBERS; number++) {
            Path target = root.resolve(number == 1 ? name : SafeName.numbered(name, number));
            if (sha256.equals(hashOf(target, size).orElse(""))) {
                Files.deleteIfExists(whole);
                return target;
            }
            if (claim(whole, target)) {
                return target;
            }
        }
        throw new IOException("too many files are called " + name);
    }

    /** Whether the name was free; a link cannot overwrite. */
    private static boolean claim(Path whole, Path target) throws IOException {
        try {
            Files.createLink(target, whole);
            Files.delete(whole);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | IOException e) {
            return claimByMove(whole, target);
        }
    }

    /** Where the file system has no links: the name is taken first, then filled in one step. */
    private static boolean claimByMove(Path whole, Path target) throws IOException {
        try {
            Files.createFile(target);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        try {
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    /** Throws away what has come of a content. */
    void forget(String sha256) throws IOException {
        Files.deleteIfExists(parts().resolve(sha256 + ".part"));
        Files.deleteIfExists(parts().resolve(sha256 + ".journal"));
    }

    /** Throws away part files of which nothing is pushed any more. @param wanted hashes of those that are */
    void sweep(List<String> wanted) throws IOException {
        if (!Files.isDirectory(parts())) {
            return;
        }
        try (Stream<Path> files = Files.list(parts())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String hash = file.getFileName().toString().replaceFirst("\\..*", "");
                if (!wanted.contains(hash)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new AgentException(Exit.FOLDER, "the lock of " + root + " cannot be given back: " + e);
        }
    }
}

package dev.parley.files;

import dev.parley.kernel.Principal;
import java.time.InstantSource;
import java.util.Objects;

/** Who may read which file. To anybody else there is no such file. */
final class FileAccess {
    private final FileRegister files;
    private final Conversations conversations;
    private final InstantSource clock;

    FileAccess(FileRegister files, Conversations conversations, InstantSource clock) {
        this.files = Objects.requireNonNull(files);
        this.conversations = Objects.requireNonNull(conversations);
        this.clock = Objects.requireNonNull(clock);
    }

    /** A file that the caller may read; before it is ready that is its owner alone. @throws dev.parley.kernel.ApiException 404 */
    StoredFile readable(Principal caller, String fileId) {
        StoredFile file = existing(fileId);
        if (owns(caller, file) || file.ready() && isGiven(caller, file)) {
            return file;
        }
        throw FilesErrors.NO_FILE.exception();
    }

    /** A file of the caller's own. @throws dev.parley.kernel.ApiException 404 */
    StoredFile own(Principal caller, String fileId) {
        StoredFile file = existing(fileId);
        if (!owns(caller, file)) {
            throw FilesErrors.NO_FILE.exception();
        }
        return file;
    }

    /** A file that is there, whoever asks. @throws dev.parley.kernel.ApiException 404 */
    StoredFile existing(String fileId) {
        return files.find(fileId).filter(file -> !file.gone()).orElseThrow(FilesErrors.NO_FILE::exception);
    }

    private boolean isGiven(Principal caller, StoredFile file) {
        if (!caller.isGuest() && files.pushedTo(file.id(), caller.userId(), clock.instant())) {
            return true;
        }
        return !caller.isDevice()
                && files.conversations(file.id()).stream().anyMatch(id -> conversations.mayRead(caller, id));
    }

    /**
     * Whether the caller may read some file of this content already. To know its hash is not enough: whoever knows that may have been told
     * of a content, and has not got it.
     */
    boolean hasContent(Principal caller, String sha256) {
        return files.use(sha256, caller.userId(), clock.instant())
                .filter(use -> use.own()
                        || use.pushed()
                        || use.conversations().stream().anyMatch(id -> conversations.mayRead(caller, id)))
                .isPresent();
    }

    static boolean owns(Principal caller, StoredFile file) {
        return file.ownerId().equals(caller.userId());
    }
}

package dev.parley.files;

import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Files and their contents, where they are kept. A store that sleeps is 503 {@code store.waking}. */
public interface FileRegister {
    /**
     * What came of an intent.
     *
     * @param used bytes of the owner's other files
     */
    record Opening(Kind kind, StoredFile file, long used) {
        /** What it is. */
        public enum Kind {
            /** A new file, of which nothing was sent. */
            BEGUN,
            /** The owner's own unfinished upload, or one that is being checked, of the same content and name. */
            FOUND,
            /** A new file of content that is there already. */
            LINKED,
            /** None: its owner has no room for it. */
            FULL
        }
    }

    /**
     * Writes a new file, unless the same is being uploaded already.
     *
     * @param link whether the content is used when it is there; if it is not, an upload is begun
     * @param quota bytes of all files of the owner
     */
    Opening open(StoredFile wanted, Chunks chunks, boolean link, long quota);

    Optional<StoredFile> find(String fileId);

    Chunks chunks(String fileId);

    /** An owner's files, the newest first, without those that were removed. */
    Envelope.Page<StoredFile> page(String ownerId, Optional<FileState> state, int page, int pageSize);

    /** Notes what the store calls an upload, in place of what it called it before. @return whether that was so */
    boolean begun(String fileId, Optional<String> before, String upload);

    /** All parts are stored: nobody adds to it any more. @return whether it was being uploaded */
    boolean stored(String fileId);

    /** Takes a file to check it, unless somebody else has it. @param until when another may */
    Optional<StoredFile> claim(String fileId, Instant now, Instant until);

    /** A file that was taken is not looked at after all: another may. */
    void giveBack(String fileId);

    /**
     * What was uploaded is what it was said to be: one more content, or the one that is there, and then what was uploaded is doomed.
     *
     * @return the file, when it was being checked
     */
    Optional<StoredFile> accept(String fileId, Sniffer.Sniffed found, Instant now);

    /** It is not. @return the file, when it was being checked */
    Optional<StoredFile> refuse(String fileId, Refusal refusal, Instant now);

    /** What went with a file. @param pushes those that were called back */
    record Removal(StoredFile file, List<String> conversations, List<String> pushes) {}

    /** Removes a file, its shares, and its content when no other file has it; calls its pushes back. @return empty when it was removed before */
    Optional<Removal> remove(String fileId, Instant now);

    /** Shares a file. @return whether it is ready */
    boolean share(String fileId, String conversationId, String by, Instant now);

    /** @return whether it was shared there */
    boolean unshare(String fileId, String conversationId);

    /** Where a file is shared. */
    List<String> conversations(String fileId);

    /** Whether a push of this file goes to this account or device, and was not called back. */
    boolean pushedTo(String fileId, String userOrDevice, Instant now);

    /** Who may read a content that is there. */
    record Use(boolean own, boolean pushed, List<String> conversations) {}

    /** Why this account may read this content; empty when it is not there. */
    Optional<Use> use(String sha256, String userId, Instant now);

    /** Where a file is shared, and who did. */
    record Share(String conversationId, String by) {}

    /**
     * A file, and how somebody may have come to it.
     *
     * @param pushedBy who pushed it to them last, when a push of it is open
     * @param shares in those of the conversations that were asked about, the latest first
     */
    record Reached(StoredFile file, Optional<String> pushedBy, List<Share> shares) {}

    /**
     * Files that are ready and that somebody owns, or that were pushed to them, or that are shared in one of these conversations: the newest
     * first, behind the bookmark.
     */
    List<Reached> reached(String userId, List<String> conversations, Instant now, Optional<Bookmark> after, int limit);

    /** Everything of an account that is gone. */
    List<String> filesOf(String ownerId, int limit);

    /** Unfinished uploads whose time is over. */
    List<String> expired(Instant now, int limit);

    /** Throws away an unfinished upload whose time is over. @return whether it was unfinished still */
    boolean expire(String fileId, Instant now);

    /** Files that wait to be checked, and nobody has them. */
    List<String> unchecked(Instant now, int limit);

    /** Bytes to throw away. @param upload when they are parts still */
    record Doomed(String blob, Optional<String> upload) {}

    List<Doomed> doomed(Instant now, int limit);

    /** They are thrown away. */
    void buried(String blob);

    /** When {@link #expired}, {@link #unchecked} or {@link #doomed} will have something next; now when they have. */
    Optional<Instant> nextDue(Instant now);

    /** Dooms contents that no file has: what two removals at once left. @return how many */
    int doomUnused(Instant now, int limit);
}

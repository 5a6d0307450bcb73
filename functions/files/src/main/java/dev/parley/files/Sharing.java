package dev.parley.files;

import dev.parley.contracts.files.FileView;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Role;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * Sharing files in conversations: whoever may read the conversation may read them then. It stands in the register first and then where
 * messaging looks, so that a message never carries a file that its readers may not read.
 */
public final class Sharing {
    private final FileRegister files;
    private final Conversations conversations;
    private final FileAccess access;
    private final FileViews views;
    private final ShareNotes notes;
    private final InstantSource clock;

    Sharing(
            FileRegister files,
            Conversations conversations,
            FileAccess access,
            FileViews views,
            ShareNotes notes,
            InstantSource clock) {
        this.files = Objects.requireNonNull(files);
        this.conversations = Objects.requireNonNull(conversations);
        this.access = Objects.requireNonNull(access);
        this.views = Objects.requireNonNull(views);
        this.notes = Objects.requireNonNull(notes);
        this.clock = Objects.requireNonNull(clock);
    }

    /** @throws dev.parley.kernel.ApiException 400, 404 {@code file.not_found} or {@code conversation.not_found}, 409 {@code file.not_ready}, 503 */
    public FileView share(Principal caller, String fileId, String conversationId) {
        String id = FileRules.conversation(conversationId);
        StoredFile file = access.readable(caller, fileId);
        requireInside(caller, id);
        if (!file.ready()
                || !files.share(fileId, id, caller.userId(), clock.instant().truncatedTo(ChronoUnit.MICROS))) {
            throw FilesErrors.NOT_READY.exception();
        }
        notes.put(id, file);
        return views.one(caller, file);
    }

    /** Takes a file of one's own out of a conversation again. @throws dev.parley.kernel.ApiException 400, 404, 503 */
    public void unshare(Principal caller, String fileId, String conversationId) {
        String id = FileRules.conversation(conversationId);
        access.own(caller, fileId);
        notes.remove(id, fileId);
        files.unshare(fileId, id);
    }

    /** Refuses who is not in a conversation. */
    void requireInside(Principal caller, String conversationId) {
        if (!conversations.mayRead(caller, conversationId)) {
            throw FilesErrors.NO_CONVERSATION.exception();
        }
    }

    /** The owner, as somebody who has just called. Guests own no files. */
    private static Principal owner(StoredFile file) {
        return new Principal(file.ownerId(), file.ownerId(), Role.USER, "", 0, Optional.empty(), Optional.empty());
    }

    /** Shares a file that has just become ready where its owner wanted it, unless they are not in there any more. */
    void shareAsWanted(StoredFile file) {
        file.shareWith()
                .filter(id -> file.ready())
                .filter(id -> conversations.mayRead(owner(file), id))
                .filter(id -> files.share(
                        file.id(), id, file.ownerId(), clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .ifPresent(id -> notes.put(id, file));
    }
}

package dev.parley.files;

import dev.parley.contracts.files.FileView;
import dev.parley.kernel.Principal;
import java.util.List;
import java.util.Objects;

/** Files as they are sent. */
final class FileViews {
    private final FileRegister files;

    FileViews(FileRegister files) {
        this.files = Objects.requireNonNull(files);
    }

    /** One file, to its owner with where it is shared. */
    FileView one(Principal caller, StoredFile file) {
        boolean mine = FileAccess.owns(caller, file);
        return view(file, mine, mine && file.ready() ? files.conversations(file.id()) : null);
    }

    /** One of the caller's own in a list. */
    FileView listed(StoredFile file) {
        return view(file, true, null);
    }

    private static FileView view(StoredFile file, boolean mine, List<String> conversations) {
        return new FileView(
                file.id(),
                file.name(),
                file.size(),
                file.sha256(),
                file.type().orElse(null),
                file.declaredType(),
                file.state().wire(),
                file.refusal().map(Refusal::wire).orElse(null),
                file.risk().map(Risk::wire).orElse(null),
                file.ownerId(),
                mine ? Boolean.TRUE : null,
                conversations,
                file.createdAt(),
                file.readyAt().orElse(null),
                file.state() == FileState.UPLOADING ? file.expiresAt() : null);
    }
}

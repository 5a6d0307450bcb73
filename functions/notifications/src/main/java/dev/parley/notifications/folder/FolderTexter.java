package dev.parley.notifications.folder;

import dev.parley.notifications.TextException;
import dev.parley.notifications.Texter;
import java.io.IOException;
import java.util.Objects;

/** Leaves text messages in a folder. */
public final class FolderTexter implements Texter {
    private final OutboxFolder folder;

    public FolderTexter(OutboxFolder folder) {
        this.folder = Objects.requireNonNull(folder);
    }

    @Override
    public void send(String number, String text) {
        try {
            folder.write("text", number, "", text.lines().findFirst().orElse(""), text);
        } catch (IOException e) {
            throw new TextException("A text message cannot be written: " + e, false);
        }
    }
}

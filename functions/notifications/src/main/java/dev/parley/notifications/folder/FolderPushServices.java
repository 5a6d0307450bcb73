package dev.parley.notifications.folder;

import dev.parley.notifications.PushMessage;
import dev.parley.notifications.PushServices;
import dev.parley.notifications.Subscription;
import dev.parley.notifications.webpush.HttpPushServices;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Leaves what would be pushed in a folder, by the service that would carry it. */
public final class FolderPushServices implements PushServices {
    private final List<String> hosts;
    private final OutboxFolder folder;

    /** @param hosts the services that are known, as where it is sent */
    public FolderPushServices(List<String> hosts, OutboxFolder folder) {
        this.hosts = List.copyOf(hosts);
        this.folder = Objects.requireNonNull(folder);
    }

    @Override
    public boolean know(String endpoint) {
        return HttpPushServices.know(hosts, endpoint);
    }

    @Override
    public Outcome push(Subscription to, PushMessage message) {
        try {
            folder.write(
                    "push",
                    to.service(),
                    to.userId(),
                    message.lines().getFirst(),
                    String.join("\n", message.lines()) + "\n" + message.link());
            return new Outcome(Answer.TAKEN, "");
        } catch (IOException e) {
            return new Outcome(Answer.LATER, "folder");
        }
    }
}

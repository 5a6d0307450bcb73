package dev.parley.checks;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.parley.checks.api.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each error that the contract writes of a route or of a command is met: what nobody can meet does not stand there. */
@Tag("errors")
class EveryErrorTest {
    /** What cannot be made to happen from outside, and why. */
    private static final Map<String, String> UNMET = Map.of(
            "GET /.well-known/jwks.json 500 internal", "asks no store",
            "GET /.well-known/jwks.json 503 store.unavailable", "reads its keys once, when it starts",
            "GET /api/v1/health 500 internal", "asks no store",
            "POST /api/v1/files 409 file.state", "needs another device to finish the upload within the request",
            "POST /api/v1/notifications/deliveries/{did}/replay 409 notification.pending",
                    "is there ten minutes after something was missed",
            "POST /api/v1/notifications/phone 502 notification.text",
                    "on this machine text messages are written to a folder");

    private final Refusals refusals = new Refusals();
    private final Set<String> commands = new TreeSet<>();

    @Test
    void isMet() {
        try (RunningSystem system = RunningSystem.start();
                FakeNode node = new FakeNode(system)) {
            Http http = new Http(system.url());
            People people = new People(system, http);
            MeetingRefusals meetings = new MeetingRefusals(refusals, people);
            MessageRefusals messages = new MessageRefusals(refusals, people, system);
            SocketRefusals sockets = new SocketRefusals(refusals, people);
            walk("by anybody", new AnybodysRefusals(refusals, people)::walk);
            walk("of accounts", new AccountRefusals(refusals, people, system)::walk);
            walk("of meetings", meetings::walk);
            walk("of messages", () -> messages.walk(meetings.stage(), meetings.fay));
            walk("of files", new FileRefusals(refusals, people, system)::walk);
            walk("of media", new MediaRefusals(refusals, people, node)::walk);
            if (!refusals.partial()) {
                walk("of commands", () -> sockets.walk(meetings.stage(), meetings.fay, messages));
                walk("of commands by stores", () -> sockets.faults(system));
            }
            walk("by stores", () -> new StoreRefusals(refusals, people, system).walk(node));
            commands.addAll(sockets.met());
        }
        try (RunningSystem system = RunningSystem.start("on")) {
            People people = new People(system, new Http(system.url()));
            SocketRefusals sockets = new SocketRefusals(refusals, people);
            walk("by limits", new LimitRefusals(refusals, people)::walk);
            if (!refusals.partial()) {
                walk("of commands by limits", sockets::limits);
            }
            commands.addAll(sockets.met());
        }
        Set<String> documented = refusals.documented();
        Set<String> missing = new TreeSet<>(documented);
        missing.removeAll(refusals.met());
        System.out.printf("errors documented %d, met %d%n", documented.size(), documented.size() - missing.size());
        missing.removeAll(UNMET.keySet());
        Set<String> said = new TreeSet<>();
        new Commands().all().forEach((command, codes) -> codes.forEach(code -> said.add(command + " " + code.code())));
        System.out.printf("errors of commands documented %d%n", said.size());
        assertSoftly(all -> {
            all.assertThat(refusals.surprises()).as("refused otherwise").isEmpty();
            if (!refusals.partial()) {
                all.assertThat(commands)
                        .as("written of commands, and never met")
                        .containsAll(said);
            }
            all.assertThat(missing).as("written, and never met").isEmpty();
            all.assertThat(refusals.met())
                    .as("met, so that nothing excuses it")
                    .doesNotContainAnyElementsOf(UNMET.keySet());
        });
    }

    /** One that ends before its time is a surprise like another: what the others meet is told all the same. */
    private void walk(String name, Runnable section) {
        try {
            Refusals.timed(name, section);
        } catch (RuntimeException | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            refusals.surprises().add(trace.toString());
        }
    }
}

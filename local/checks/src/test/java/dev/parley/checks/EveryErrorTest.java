package dev.parley.checks;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.parley.checks.api.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
            "POST /api/v1/files 409 file.state", "needs another device to finish the upload within the request");

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
            walk(new AnybodysRefusals(refusals, people)::walk);
            walk(new AccountRefusals(refusals, people, system)::walk);
            walk(meetings::walk);
            walk(() -> messages.walk(meetings.stage(), meetings.fay));
            walk(new FileRefusals(refusals, people, system)::walk);
            walk(new MediaRefusals(refusals, people, node)::walk);
            walk(() -> sockets.walk(meetings.stage(), meetings.fay, messages));
            walk(() -> sockets.faults(system));
            walk(() -> new StoreRefusals(refusals, people, system).walk(node));
            commands.addAll(sockets.met());
        }
        try (RunningSystem system = RunningSystem.start("on")) {
            People people = new People(system, new Http(system.url()));
            SocketRefusals sockets = new SocketRefusals(refusals, people);
            walk(new LimitRefusals(refusals, people)::walk);
            walk(sockets::limits);
            commands.addAll(sockets.met());
        }
        Set<String> documented = refusals.contract().refusals();
        Set<String> missing = documented.stream()
                .filter(one -> !refusals.met().contains(one) && !UNMET.containsKey(one))
                .collect(Collectors.toCollection(TreeSet::new));
        System.out.printf(
                "errors documented %d, met %d, not to be made %d%n",
                documented.size(), documented.size() - missing.size() - UNMET.size(), UNMET.size());
        Set<String> said = new TreeSet<>();
        new Commands().all().forEach((command, codes) -> codes.forEach(code -> said.add(command + " " + code.code())));
        System.out.printf("errors of commands documented %d%n", said.size());
        assertSoftly(all -> {
            all.assertThat(refusals.surprises()).as("refused otherwise").isEmpty();
            all.assertThat(commands).as("written of commands, and never met").containsAll(said);
            all.assertThat(missing).as("written, and never met").isEmpty();
            all.assertThat(refusals.met())
                    .as("met, so that nothing excuses it")
                    .doesNotContainAnyElementsOf(UNMET.keySet());
        });
    }

    /** One that ends before its time is a surprise like another: what the others meet is told all the same. */
    private void walk(Runnable section) {
        try {
            section.run();
        } catch (RuntimeException | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            refusals.surprises().add(trace.toString());
        }
    }
}

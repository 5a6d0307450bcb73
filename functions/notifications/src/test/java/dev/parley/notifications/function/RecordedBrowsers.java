package dev.parley.notifications.function;

import dev.parley.notifications.PushMessage;
import dev.parley.notifications.PushServices;
import dev.parley.notifications.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Services in memory: what was pushed, and what they answer next. */
final class RecordedBrowsers implements PushServices {
    /** Id of the person, name of the browser and lines of each message that was taken. */
    final List<String> shown = new CopyOnWriteArrayList<>();

    /** Answers by the name of the browser; what is not here is taken. */
    final Map<String, Outcome> answers = new HashMap<>();

    @Override
    public boolean know(String endpoint) {
        return endpoint.startsWith("https://push.example.net/");
    }

    @Override
    public Outcome push(Subscription to, PushMessage message) {
        String browser = to.endpoint().substring(to.endpoint().lastIndexOf('/') + 1);
        Outcome outcome = answers.getOrDefault(browser, new Outcome(Answer.TAKEN, ""));
        if (outcome.answer() == Answer.TAKEN) {
            shown.add(to.userId() + " " + browser + " " + message.lines() + " " + message.link());
        }
        return outcome;
    }
}

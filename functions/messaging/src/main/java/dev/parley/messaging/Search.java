package dev.parley.messaging;

import dev.parley.contracts.messaging.SearchReply;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Folding;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Finds messages by their words, in conversations that the caller is in. What is found by the index is looked at before it is answered, so
 * that the index may be late and is never wrong: what was recalled, or says something else by now, is not found.
 */
public final class Search {
    private static final Rate SEARCHES = Rate.of(30, Duration.ofMinutes(1));
    private static final int CONVERSATIONS = 200;
    private static final int POSTINGS = 500;
    private static final int AT_ONCE = 16;

    private final Conversations conversations;
    private final Words index;
    private final Shelf shelf;
    private final Entrance entrance;
    private final Views views;
    private final RateLimiter limiter;

    Search(Conversations conversations, Words index, Shelf shelf, Entrance entrance, Views views, RateLimiter limiter) {
        this.conversations = Objects.requireNonNull(conversations);
        this.index = Objects.requireNonNull(index);
        this.shelf = Objects.requireNonNull(shelf);
        this.entrance = Objects.requireNonNull(entrance);
        this.views = Objects.requireNonNull(views);
        this.limiter = Objects.requireNonNull(limiter);
    }

    /** Keeps the index: takes what happened to messages, in the order of each conversation. Told twice, it writes the same. */
    public void learn(OutboxEvent event) {
        if (!event.type().equals(ChangeKind.SENT.eventType())
                && !event.type().equals(ChangeKind.EDITED.eventType())
                && !event.type().equals(ChangeKind.RECALLED.eventType())) {
            return;
        }
        long seq = Long.parseLong(event.data().get("seq"));
        conversations
                .message(event.subject(), seq)
                .ifPresent(message -> index.index(event.subject(), seq, wordsOf(message)));
    }

    private static Set<String> wordsOf(Message message) {
        StringBuilder all = new StringBuilder(message.text());
        message.attachments().forEach(file -> all.append('\n').append(file.name()));
        return message.recalled() ? Set.of() : Folding.words(all.toString());
    }

    /**
     * @param conversationId the one to look in; without it, the two hundred that changed last
     * @param after where the last reply left off; without it, the newest
     * @throws ApiException 400, 404, 429, 503
     */
    public SearchReply find(
            Caller caller, String question, Optional<String> conversationId, Optional<Bookmark> after, int limit) {
        List<Folding.Wanted> wanted = Folding.asked(question);
        limiter.check("search#" + caller.userId(), SEARCHES);
        List<String> where = conversationId
                .map(id -> List.of(entrance.enter(caller, id).conversation().id()))
                .orElseGet(() -> shelf.all(caller.userId()).stream()
                        .limit(CONVERSATIONS)
                        .map(held -> held.conversation().id())
                        .toList());
        List<Message> found = new ArrayList<>();
        for (List<Message> some : everywhere(caller, where, new Question(wanted, after, limit + 1))) {
            found.addAll(some);
        }
        found.sort(
                Comparator.comparing(Message::at).thenComparing(Search::place).reversed());
        boolean more = found.size() > limit;
        List<Message> shown = more ? found.subList(0, limit) : found;
        return new SearchReply(
                views.messages(shown), more, more ? bookmark(shown.getLast()).text() : null);
    }

    /** What is looked for in each conversation. */
    private record Question(List<Folding.Wanted> wanted, Optional<Bookmark> after, int limit) {
        boolean isAnsweredBy(Message message) {
            return after.filter(bookmark -> !bookmark.isBefore(message.at(), place(message)))
                            .isEmpty()
                    && Folding.fits(wordsOf(message), wanted);
        }
    }

    private static Bookmark bookmark(Message message) {
        return new Bookmark(message.at(), place(message));
    }

    /** Names a message so that those of a conversation are in its order. */
    private static String place(Message message) {
        return "%s#%012d".formatted(message.conversationId(), message.seq());
    }

    private List<List<Message>> everywhere(Caller caller, List<String> where, Question question) {
        Semaphore atOnce = new Semaphore(AT_ONCE);
        try (ExecutorService lookers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Message>>> looking = where.stream()
                    .map(id -> lookers.submit(() -> {
                        atOnce.acquire();
                        try {
                            return in(caller, id, question);
                        } finally {
                            atOnce.release();
                        }
                    }))
                    .toList();
            List<List<Message>> found = new ArrayList<>();
            for (Future<List<Message>> one : looking) {
                found.add(one.get());
            }
            return found;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ApiException refusal ? refusal : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.STORE_UNAVAILABLE.retryAfter(Duration.ofSeconds(1));
        }
    }

    /** The rarest of the words says where to look; the messages say whether they have the others. */
    private List<Message> in(Caller caller, String id, Question question) {
        List<Long> rarest = null;
        for (Folding.Wanted one : question.wanted()) {
            List<Long> seqs = index.find(id, one.word(), one.whole(), POSTINGS);
            if (seqs.isEmpty()) {
                return List.of();
            }
            if (rarest == null || seqs.size() < rarest.size()) {
                rarest = seqs;
            }
        }
        List<Message> found = new ArrayList<>();
        int step = Math.max(question.limit(), 20);
        for (int from = 0; from < rarest.size() && found.size() < question.limit(); from += step) {
            List<Long> some = rarest.subList(from, Math.min(rarest.size(), from + step));
            Map<Long, Message> messages = conversations.messages(id, some);
            some.stream()
                    .map(messages::get)
                    .filter(Objects::nonNull)
                    .filter(question::isAnsweredBy)
                    .limit(question.limit() - found.size())
                    .forEach(found::add);
        }
        return found.isEmpty() || reads(caller, id) ? found : List.of();
    }

    /** Whether the caller may read a conversation still: who is removed from a meeting is noted in it a moment later. */
    private boolean reads(Caller caller, String id) {
        try {
            entrance.enter(caller, id);
            return true;
        } catch (ApiException refusal) {
            if (refusal.status() == Errors.NOT_FOUND.status() || refusal.status() == Errors.FORBIDDEN.status()) {
                return false;
            }
            throw refusal;
        }
    }
}

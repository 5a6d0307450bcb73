package dev.parley.files;

import dev.parley.contracts.files.FileSearchReply;
import dev.parley.contracts.files.FoundFile;
import dev.parley.contracts.files.PushView;
import dev.parley.kernel.Bookmark;
import dev.parley.kernel.Folding;
import dev.parley.kernel.People;
import dev.parley.kernel.Person;
import dev.parley.kernel.Principal;
import dev.parley.kernel.Rate;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds files by the words of their names, and of what those are called who shared or pushed them. The register says how the caller may have
 * come to a file; whether a conversation may be read still is asked at this very moment, so that nobody finds what is shared where they are
 * not any more.
 */
public final class FileSearch {
    private static final Rate SEARCHES = Rate.of(30, Duration.ofMinutes(1));
    /** Files that are read at a time, and that one request looks at; the cursor goes on behind them. */
    private static final int STEP = 250;

    private static final int LOOKED_AT = 2_000;

    private final FileRegister files;
    private final Conversations conversations;
    private final FileViews views;
    private final People people;
    private final RateLimiter limiter;
    private final InstantSource clock;

    FileSearch(
            FileRegister files,
            Conversations conversations,
            FileViews views,
            People people,
            RateLimiter limiter,
            InstantSource clock) {
        this.files = Objects.requireNonNull(files);
        this.conversations = Objects.requireNonNull(conversations);
        this.views = Objects.requireNonNull(views);
        this.people = Objects.requireNonNull(people);
        this.limiter = Objects.requireNonNull(limiter);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Files that are ready, the newest first.
     *
     * @param after where the last reply left off; without it, the newest
     * @throws dev.parley.kernel.ApiException 400, 429, 503
     */
    public FileSearchReply find(Principal caller, String question, Optional<Bookmark> after, int limit) {
        List<Folding.Wanted> wanted = Folding.asked(question);
        limiter.check("search-files#" + caller.userId(), SEARCHES);
        List<String> mine = conversations.of(caller.userId());
        Search search = new Search(caller, wanted);
        Instant now = clock.instant();
        Optional<Bookmark> place = after;
        List<FoundFile> found = new ArrayList<>();
        for (int looked = 0; looked < LOOKED_AT; looked += STEP) {
            List<FileRegister.Reached> some = files.reached(caller.userId(), mine, now, place, STEP);
            search.learnNames(some);
            for (FileRegister.Reached one : some) {
                place = Optional.of(
                        new Bookmark(one.file().createdAt(), one.file().id()));
                search.look(one).ifPresent(found::add);
                if (found.size() == limit) {
                    boolean more = one != some.getLast() || some.size() == STEP;
                    return reply(found, more ? place : Optional.empty());
                }
            }
            if (some.size() < STEP) {
                return reply(found, Optional.empty());
            }
        }
        return reply(found, place);
    }

    private static FileSearchReply reply(List<FoundFile> found, Optional<Bookmark> rest) {
        return new FileSearchReply(
                List.copyOf(found), rest.isPresent(), rest.map(Bookmark::text).orElse(null));
    }

    /** One request's look at files: what people are called and which conversations may be read is asked once. */
    private final class Search {
        private final Principal caller;
        private final List<Folding.Wanted> wanted;
        private final Map<String, String> names = new HashMap<>();
        private final Map<String, Boolean> readable = new HashMap<>();

        Search(Principal caller, List<Folding.Wanted> wanted) {
            this.caller = caller;
            this.wanted = wanted;
        }

        void learnNames(List<FileRegister.Reached> reached) {
            Set<String> unknown = new HashSet<>();
            reached.forEach(one -> {
                one.pushedBy().ifPresent(unknown::add);
                one.shares().forEach(share -> unknown.add(share.by()));
            });
            unknown.removeAll(names.keySet());
            Map<String, Person> found = unknown.isEmpty() ? Map.of() : people.find(unknown);
            unknown.forEach(id -> names.put(
                    id, Optional.ofNullable(found.get(id)).map(Person::name).orElse("")));
        }

        /** The file, in the first of the ways in which the caller may read it and it is one that is looked for. */
        Optional<FoundFile> look(FileRegister.Reached one) {
            if (FileAccess.owns(caller, one.file())) {
                return isNamed(one.file(), "") ? Optional.of(found(one, "", readableShare(one))) : Optional.empty();
            }
            if (one.pushedBy().filter(by -> isNamed(one.file(), by)).isPresent()) {
                return Optional.of(found(one, one.pushedBy().get(), Optional.empty()));
            }
            return one.shares().stream()
                    .filter(share -> isNamed(one.file(), share.by()))
                    .filter(share -> isReadable(share.conversationId()))
                    .findFirst()
                    .map(share -> found(one, share.by(), Optional.of(share.conversationId())));
        }

        private boolean isNamed(StoredFile file, String by) {
            return Folding.fits(Folding.words(file.name() + "\n" + names.getOrDefault(by, "")), wanted);
        }

        private Optional<String> readableShare(FileRegister.Reached one) {
            return one.shares().stream()
                    .map(FileRegister.Share::conversationId)
                    .filter(this::isReadable)
                    .findFirst();
        }

        private boolean isReadable(String conversationId) {
            return readable.computeIfAbsent(conversationId, id -> conversations.mayRead(caller, id));
        }

        private FoundFile found(FileRegister.Reached one, String by, Optional<String> conversationId) {
            String name = names.getOrDefault(by, "");
            return new FoundFile(
                    FileAccess.owns(caller, one.file()) ? views.listed(one.file()) : views.one(caller, one.file()),
                    name.isEmpty() ? null : new PushView.Sender(by, name),
                    conversationId.orElse(null));
        }
    }
}

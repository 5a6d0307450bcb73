package dev.parley.messaging;

import java.util.List;

/** Where what many are told waits, a share of them at a time. Shares are told in any order, and perhaps twice. */
public interface Backlog {
    /**
     * Some of those who are told one thing.
     *
     * @param people on every socket of theirs; empty where sockets are named
     * @param sockets these; empty where people are named
     * @param except a socket of these people that is not told; absent when all are
     * @param text the frame
     */
    record Share(List<String> people, List<String> sockets, String except, String text) {
        public Share {
            people = people == null ? List.of() : List.copyOf(people);
            sockets = sockets == null ? List.of() : List.copyOf(sockets);
        }

        /** Without the frame, which holds what somebody wrote. */
        @Override
        public String toString() {
            return "Share[" + people.size() + " people, " + sockets.size() + " sockets]";
        }
    }

    /** Has them told. @throws dev.parley.kernel.ApiException 503 {@code store.unavailable}; then some of them may be told all the same */
    void queue(List<Share> shares);
}

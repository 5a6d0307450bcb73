package dev.parley.agent;

import java.time.Duration;

/**
 * How the agent behaves.
 *
 * @param parallel connections to the store at once, of all files together
 * @param silence the longest time without a byte before a connection is replaced
 * @param tryAgainAfter the first wait before a file that failed is tried again, twice as long each time
 * @param listEvery how often the list is asked for while the socket is open
 * @param pingEvery how often the socket is tried; one that answers nothing for twice as long is replaced
 */
record AgentOptions(int parallel, Duration silence, Duration tryAgainAfter, Duration listEvery, Duration pingEvery) {
    static final AgentOptions DEFAULT = new AgentOptions(
            4, Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(45));

    AgentOptions parallel(int connections) {
        return new AgentOptions(connections, silence, tryAgainAfter, listEvery, pingEvery);
    }

    AgentOptions silence(Duration longest) {
        return new AgentOptions(parallel, longest, tryAgainAfter, listEvery, pingEvery);
    }

    AgentOptions tryAgainAfter(Duration first) {
        return new AgentOptions(parallel, silence, first, listEvery, pingEvery);
    }

    AgentOptions pingEvery(Duration often) {
        return new AgentOptions(parallel, silence, tryAgainAfter, listEvery, often);
    }
}

package dev.parley.local.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code local/bench messages} is told.
 *
 * @param messages how many are sent
 * @param conversations among how many groups
 * @param senders how many send at once
 * @param seed of everything that chance decides
 * @param folder which keeps the stores, as an installation's does; memory or temporary files when there is none
 */
record MessagesArguments(int messages, int conversations, int senders, long seed, Optional<Path> folder, boolean json) {
    static final String USAGE = """
            local/bench messages [--n N] [--conversations C] [--senders S] [--seed SEED] [--folder DIR] [--json]

            Sends N messages through the messaging service over DynamoDB Local, some of them twice, some again because their answer was
            lost, to devices whose frames are lost, doubled and overtaken. Counts what is lost and what is there twice, in the store and on
            each device. Exit code 3 when either is not 0.

              --n N               messages, default 1000000
              --conversations C   groups of four people that they are spread over, default 64
              --senders S         sending at once, default 16
              --seed SEED         default 1
              --folder DIR        keeps the stores there, as an installation does. Without it up to 100,000 messages are kept in memory, and
                                  more in temporary files, 2.5 GB a million: in memory the pace falls with what is there
              --json              one JSON object a line: {bench, profile, server, metric, value, unit, target, held}
            """;

    /** @throws IllegalArgumentException with what is wrong */
    static MessagesArguments parse(List<String> given) {
        int messages = 1_000_000;
        int conversations = 64;
        int senders = 16;
        long seed = 1;
        Optional<Path> folder = Optional.empty();
        boolean json = false;
        for (int i = 0; i < given.size(); i++) {
            switch (given.get(i)) {
                case "--n" -> messages = Given.number(given, ++i, 1, 100_000_000);
                case "--conversations" -> conversations = Given.number(given, ++i, 1, 10_000);
                case "--senders" -> senders = Given.number(given, ++i, 1, 1_000);
                case "--seed" -> seed = Given.number(given, ++i, 0, Integer.MAX_VALUE);
                case "--folder" -> folder = Optional.of(Path.of(Given.text(given, ++i)));
                case "--json" -> json = true;
                default -> throw new IllegalArgumentException("Unknown argument " + given.get(i));
            }
        }
        return new MessagesArguments(messages, conversations, senders, seed, folder, json);
    }
}

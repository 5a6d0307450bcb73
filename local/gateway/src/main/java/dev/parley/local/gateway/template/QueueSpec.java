package dev.parley.local.gateway.template;

import java.util.Map;
import java.util.Optional;

/**
 * An {@code AWS::SQS::Queue}.
 *
 * @param id its logical id
 * @param name its name in SQS: the logical id, and {@code .fifo} behind that of a FIFO queue
 * @param attributes by SQS's names, {@code RedrivePolicy} as JSON
 * @param deadLetters name of the queue for what was received too often
 * @param maxReceives after which a message goes there; 0 without such a queue
 */
public record QueueSpec(
        String id, String name, Map<String, String> attributes, Optional<String> deadLetters, int maxReceives) {
    public QueueSpec {
        attributes = Map.copyOf(attributes);
    }
}

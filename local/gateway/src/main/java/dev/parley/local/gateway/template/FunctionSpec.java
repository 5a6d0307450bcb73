package dev.parley.local.gateway.template;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One {@code AWS::Serverless::Function}.
 *
 * @param name its logical id
 * @param code the packaged jar
 * @param handler {@code package.Class::method} of a RequestStreamHandler
 * @param timeout how long one invocation may take
 * @param memoryMb what its context reports
 * @param environment its variables, resolved
 * @param reservedConcurrency invocations at a time, when the template limits them
 * @param schedules when it is called by the clock
 * @param streams whose records it is handed
 * @param queues whose messages it is handed
 */
public record FunctionSpec(
        String name,
        Path code,
        String handler,
        Duration timeout,
        int memoryMb,
        Map<String, String> environment,
        OptionalInt reservedConcurrency,
        List<ScheduleSpec> schedules,
        List<StreamSpec> streams,
        List<QueueSourceSpec> queues) {
    public FunctionSpec {
        environment = Map.copyOf(environment);
        schedules = List.copyOf(schedules);
        streams = List.copyOf(streams);
        queues = List.copyOf(queues);
    }
}

package dev.parley.local.gateway;

import dev.parley.local.gateway.event.EventIds;
import dev.parley.local.gateway.event.EventJson;
import dev.parley.local.gateway.function.Functions;
import dev.parley.local.gateway.function.InvocationException;
import dev.parley.local.gateway.function.LambdaFunction;
import dev.parley.local.gateway.template.ScheduleSpec;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Calls functions at the rates of their {@code Schedule} events, with the event that EventBridge sends. */
final class Schedules implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    private final ScheduledExecutorService timer;

    private Schedules(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    static Schedules start(Functions functions, EventIds ids, InstantSource clock) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("schedules").daemon().factory());
        for (LambdaFunction function : functions.all()) {
            for (ScheduleSpec schedule : function.spec().schedules()) {
                long every = schedule.every().toMillis();
                timer.scheduleAtFixedRate(
                        () -> Thread.ofVirtual()
                                .name("schedule-" + schedule.name())
                                .start(() -> call(function, schedule, ids, clock)),
                        every,
                        every,
                        TimeUnit.MILLISECONDS);
            }
        }
        return new Schedules(timer);
    }

    private static void call(LambdaFunction function, ScheduleSpec schedule, EventIds ids, InstantSource clock) {
        ObjectNode event = EventJson.MAPPER.createObjectNode();
        event.put("version", "0");
        event.put("id", ids.requestId());
        event.put("detail-type", "Scheduled Event");
        event.put("source", "aws.events");
        event.put("account", "123456789012");
        event.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", "us-east-1");
        event.putArray("resources")
                .add("arn:aws:events:us-east-1:123456789012:rule/"
                        + function.spec().name() + schedule.name());
        event.putObject("detail");
        try {
            function.invoke(
                    EventJson.MAPPER.writeValueAsBytes(event), function.spec().timeout());
        } catch (InvocationException e) {
            LOG.warn("Schedule {}: {}", schedule.name(), e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

package dev.parley.local.load;

import dev.parley.local.gateway.template.TemplateResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a stack is paid for by the month, whether or not anybody is there. Every type of resource in the template is known here, so that
 * none is forgotten.
 */
final class IdleStack {
    /** Paid for by use alone: while nobody is there, nothing. */
    private static final Set<String> BY_USE = Set.of(
            "AWS::Serverless::Api", "AWS::Serverless::WebSocketApi", "AWS::Serverless::Function", "AWS::IAM::Role");

    private static final double MINUTES_PER_HOUR = 60;
    private static final double HOURS_PER_DAY = 24;

    private final List<TemplateResource> resources;
    private final Prices prices;
    private final double hours;

    IdleStack(List<TemplateResource> resources, Prices prices) {
        this.resources = List.copyOf(resources);
        this.prices = prices;
        this.hours = prices.assumed("hours_per_month");
    }

    /**
     * Amounts of a month by the names of {@link Prices}.
     *
     * @throws IllegalStateException when the template has a resource of a type that nobody has thought of
     */
    Map<String, Double> month(CostArguments.Profile profile) {
        Map<String, Double> month = new LinkedHashMap<>();
        double tables = 0;
        for (TemplateResource resource : resources) {
            switch (resource.type()) {
                case "AWS::CloudWatch::Alarm" -> month.merge("alarm_months", 1.0, Double::sum);
                case "AWS::DynamoDB::Table" -> tables++;
                case "AWS::SQS::Queue" -> {
                    // A queue that nobody asks costs nothing; who asks is a function.
                }
                default -> {
                    if (!BY_USE.contains(resource.type())) {
                        throw new IllegalStateException("What " + resource.id() + ", of type " + resource.type()
                                + ", costs in an idle month is not known: see IdleStack");
                    }
                    receives(resource, month);
                }
            }
        }
        double stored = prices.assumed("stored_gb");
        month.put("dynamodb_gb_months", stored);
        month.put("kms_requests", tables * prices.assumed("kms_requests_per_table_hour") * hours);
        month.put("log_gb_months", stored);
        month.put("s3_gb_months", stored);
        month.put("aurora_gb_months", stored);
        if (profile == CostArguments.Profile.BUSY) {
            month.put("aurora_acu_hours", prices.assumed("least_aurora_acu") * hours);
            month.put("rds_proxy_acu_hours", prices.assumed("busy_proxy_acu") * hours);
        } else {
            double awake = hours / HOURS_PER_DAY * prices.assumed("zero_awake_minutes_per_day") / MINUTES_PER_HOUR;
            month.put("aurora_acu_hours", prices.assumed("least_aurora_acu") * awake);
        }
        return month;
    }

    /** Lambda asks the queues of its event sources without pause. */
    private void receives(TemplateResource function, Map<String, Double> month) {
        function.section("Events").values().forEach(event -> {
            Map<String, Object> parts = TemplateResource.entries(event);
            if ("SQS".equals(parts.get("Type"))) {
                Object source =
                        TemplateResource.entries(parts.get("Properties")).get("Queue");
                month.merge(
                        isFifo(source) ? "sqs_fifo_requests" : "sqs_requests",
                        prices.assumed("sqs_idle_receives_per_minute") * MINUTES_PER_HOUR * hours,
                        Double::sum);
            }
        });
    }

    /** @param source {@code {"Fn::GetAtt": [queue, "Arn"]}} */
    private boolean isFifo(Object source) {
        return TemplateResource.entries(source).get("Fn::GetAtt") instanceof List<?> path
                && resources.stream()
                        .filter(resource -> resource.id().equals(String.valueOf(path.getFirst())))
                        .anyMatch(resource ->
                                Boolean.TRUE.equals(resource.properties().get("FifoQueue")));
    }
}

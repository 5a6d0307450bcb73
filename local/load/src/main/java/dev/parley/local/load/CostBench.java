package dev.parley.local.load;

import dev.parley.local.gateway.template.TemplateResource;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code local/bench cost}: exit code 0, 2 for wrong arguments. Its figures have no target; they are there to be compared. */
public final class CostBench {
    private static final double SECONDS_PER_HOUR = 3_600;
    /** Schedules of a minute have been there once by then. */
    private static final long FIRST_TIMES_SECONDS = 65;
    /** How long nothing may have happened for what was started to be over, and how long it may take. */
    private static final long QUIET_MILLIS = 2_000;

    private static final long LONGEST_MILLIS = 60_000;

    private final CostArguments arguments;
    private final Prices prices = Prices.read();

    private CostBench(CostArguments arguments) {
        this.arguments = arguments;
    }

    /** Runs it. @param given see {@link CostArguments#USAGE} */
    public static void main(String[] given) {
        Bench.main(given, CostArguments.USAGE, CostArguments::parse, arguments -> {
            CostBench bench = new CostBench(arguments);
            if (arguments.idle()) {
                bench.idle();
            } else {
                bench.hour();
            }
            return true;
        });
    }

    /** An hour of a meeting: what was used, by each of those who were in it. */
    private void hour() throws Exception {
        Map<String, Double> used;
        try (MeteredInstallation installation = new MeteredInstallation(arguments.root())) {
            HourScript script = new HourScript(new ApiClient(installation.url()), installation.use());
            List<String> names = script.accounts(arguments.people());
            settle(installation);
            Map<String, Double> before = installation.used();
            script.play(names);
            settle(installation);
            used = Use.between(before, installation.used());
        }
        report("hour,people=" + arguments.people(), perHead(withWhatLambdaAdds(used)), "dollars_per_participant_hour");
    }

    private Map<String, Double> perHead(Map<String, Double> used) {
        used.replaceAll((what, amount) -> amount / arguments.people());
        return used;
    }

    /** A month without anybody. */
    private void idle() throws IOException, InterruptedException {
        Map<String, Double> month = new LinkedHashMap<>(
                new IdleStack(TemplateResource.all(arguments.root().resolve("template.yaml")), prices)
                        .month(arguments.profile()));
        Map<String, Double> watched;
        double times;
        try (MeteredInstallation installation = new MeteredInstallation(arguments.root())) {
            // What is done by the clock is done once before it counts: a function's first time is not what a month is
            // made of.
            TimeUnit.SECONDS.sleep(FIRST_TIMES_SECONDS);
            settle(installation);
            Map<String, Double> before = installation.used();
            long from = System.nanoTime();
            TimeUnit.SECONDS.sleep(arguments.watchSeconds());
            watched = Use.between(before, installation.used());
            times = prices.assumed("hours_per_month") * SECONDS_PER_HOUR / ((System.nanoTime() - from) / 1e9);
        }
        withWhatLambdaAdds(watched).forEach((what, amount) -> month.merge(what, amount * times, Double::sum));
        report("idle," + arguments.profile().word(), month, "dollars_per_month");
    }

    private Map<String, Double> withWhatLambdaAdds(Map<String, Double> used) {
        Map<String, Double> all = new LinkedHashMap<>(used);
        double invocations = used.getOrDefault("lambda_requests", 0.0);
        all.merge("log_gb", invocations * prices.assumed("log_bytes_per_invocation") / 1e9, Double::sum);
        all.computeIfPresent("sqs_requests", (what, sent) -> sent * prices.assumed("sqs_requests_per_send"));
        return all;
    }

    /** The dearest first. */
    private void report(String profile, Map<String, Double> amounts, String sum) {
        Report report = new Report("cost", arguments.json());
        List<Row> rows = amounts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> new Row(entry.getKey(), entry.getValue(), prices.of(entry.getKey())))
                .sorted(Comparator.comparingDouble(Row::dollars).reversed())
                .toList();
        double dollars = rows.stream().mapToDouble(Row::dollars).sum();
        for (Row row : rows) {
            if (arguments.json()) {
                report.line(profile, row.what(), row.amount(), row.price().unit(), null);
                report.line(profile, row.what() + "_dollars", row.dollars(), "USD", null);
            } else {
                System.out.printf(
                        Locale.ROOT,
                        "%-22s %14.3f %-12s %12.6f USD %5.1f %%%n",
                        row.what(),
                        row.amount(),
                        row.price().unit(),
                        row.dollars(),
                        100 * row.dollars() / dollars);
            }
        }
        report.line(profile, sum, dollars, "USD", null);
    }

    private record Row(String what, double amount, Prices.Price price) {
        double dollars() {
            return price.of(amount);
        }
    }

    /** Until streams and queues have nothing left to hand over. */
    private static void settle(MeteredInstallation installation) throws InterruptedException {
        long deadline = System.currentTimeMillis() + LONGEST_MILLIS;
        Map<String, Double> seen = installation.used();
        long since = System.currentTimeMillis();
        while (System.currentTimeMillis() - since < QUIET_MILLIS && System.currentTimeMillis() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
            Map<String, Double> now = installation.used();
            if (!now.equals(seen)) {
                seen = now;
                since = System.currentTimeMillis();
            }
        }
    }
}

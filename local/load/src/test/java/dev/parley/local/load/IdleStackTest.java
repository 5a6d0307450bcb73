package dev.parley.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.gateway.template.TemplateResource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdleStackTest {
    private final Prices prices = Prices.read();

    @Test
    void everythingInTheTemplateIsPricedAndABusyDatabaseIsDearer() {
        List<TemplateResource> resources =
                TemplateResource.all(Path.of(System.getProperty("parley.root"), "template.yaml"));
        IdleStack stack = new IdleStack(resources, prices);

        Map<String, Double> zero = stack.month(CostArguments.Profile.ZERO);

        assertThat(zero)
                .containsEntry("alarm_months", (double) resources.stream()
                        .filter(resource -> resource.type().equals("AWS::CloudWatch::Alarm"))
                        .count())
                .containsKeys("sqs_requests", "sqs_fifo_requests");
        assertThat(dollars(zero)).isPositive();
        assertThat(dollars(stack.month(CostArguments.Profile.BUSY))).isGreaterThan(dollars(zero) + 100);
    }

    @Test
    void whatNobodyHasThoughtOfIsNotFree() {
        IdleStack stack = new IdleStack(List.of(new TemplateResource("Way", "AWS::EC2::NatGateway", Map.of())), prices);

        assertThatThrownBy(() -> stack.month(CostArguments.Profile.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AWS::EC2::NatGateway");
    }

    @Test
    void aQueueThatAFunctionListensToIsAskedAllMonth() {
        Map<String, Object> listens = Map.of(
                "Events",
                Map.of(
                        "Work",
                        Map.of(
                                "Type",
                                "SQS",
                                "Properties",
                                Map.of("Queue", Map.of("Fn::GetAtt", List.of("Work", "Arn"))))));

        Map<String, Double> month = new IdleStack(
                        List.of(
                                new TemplateResource("Taker", "AWS::Serverless::Function", listens),
                                new TemplateResource("Work", "AWS::SQS::Queue", Map.of("FifoQueue", true))),
                        prices)
                .month(CostArguments.Profile.ZERO);

        assertThat(month).containsEntry("sqs_fifo_requests", 15 * 60 * 730.0).doesNotContainKey("sqs_requests");
    }

    private double dollars(Map<String, Double> amounts) {
        return amounts.entrySet().stream()
                .mapToDouble(entry -> prices.of(entry.getKey()).of(entry.getValue()))
                .sum();
    }
}

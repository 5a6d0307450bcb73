package dev.parley.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UseTest {
    @Test
    void whatWasUsedBetweenTwoLooksIsTheirDifference() {
        Use use = new Use();
        use.add("dynamodb_reads", 0.5);
        Map<String, Double> before = use.sums();
        use.add("dynamodb_reads", 2);
        use.add("rest_requests", 1);

        assertThat(Use.between(before, use.sums()))
                .containsOnly(Map.entry("dynamodb_reads", 2.0), Map.entry("rest_requests", 1.0));
    }
}

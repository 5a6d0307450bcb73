package dev.parley.bench.stages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageFigureTest {
    @Test
    void aStageIsNamedInWords() {
        assertThat(StageFigure.name("KeyFrameStage", "vp8", "")).isEqualTo("key frame: vp8");
        assertThat(StageFigure.name("SendStage", "send", "engine NIO, run 5"))
                .isEqualTo("send: send (engine NIO, run 5)");
        assertThat(StageFigure.name("RepairStage", "answerWithOnePacket", ""))
                .isEqualTo("repair: answer with one packet");
    }

    @Test
    void aRowHasOneDecimalWhereItTellsSomethingAndNoBytesThatAreNone() {
        assertThat(new StageFigure("a", 12.345, 0.3).row()).isEqualTo("| a | 12.3 | 0 |");
        assertThat(new StageFigure("a", 1234.5, 64.02).row()).isEqualTo("| a | 1235 | 64 |");
    }

    @Test
    void aLineOfJsonIsOneObject() {
        assertThat(new StageFigure("a", 1.5, 0).json())
                .isEqualTo(
                        "{\"bench\":\"stages\",\"profile\":\"a\",\"server\":\"parley\",\"nanos\":1.50,\"allocated_bytes\":0.00}");
    }
}

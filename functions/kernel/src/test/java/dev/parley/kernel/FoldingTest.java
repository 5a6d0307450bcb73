package dev.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {
    @ParameterizedTest
    @CsvSource({
        "Café am Öl,cafe am ol",
        "ＦＵＬＬ　Ｗｉｄｔｈ,full width",
        "ÇA Ίδιο,ca ιδιο",
        "ガギグ,ガギグ",
        "straße,straße",
    })
    void caseAccentsAndWidthsMakeNoDifference(String text, String folded) {
        assertThat(Folding.fold(text)).isEqualTo(folded);
    }

    @Test
    void runsWithoutSpacesAreCutIntoPairs() {
        assertThat(Folding.words("视频会议 at 10:30, OK?"))
                .containsExactlyInAnyOrder("视频", "频会", "会议", "议", "at", "10", "30", "ok");
        assertThat(Folding.words("meeting会议")).containsExactlyInAnyOrder("meeting", "会议", "议");
    }

    @ParameterizedTest
    @CsvSource({
        "频会,true",
        "会议室,false",
        "议,true",
        "视,true",
        "MEET,true",
        "eeting,false",
        "meeting 视频,true",
        "meeting lunch,false"
    })
    void whatIsAskedForIsFoundByPairsAndBeginnings(String question, boolean found) {
        assertThat(Folding.fits(Folding.words("Meeting: 视频会议"), Folding.wanted(question)))
                .isEqualTo(found);
    }

    @Test
    void everyWordOfATextFindsIt() {
        Random random = new Random(11);
        int[] alphabet = {'a', 'É', '会', '議', 'か', 'ガ', '한', '글', ' ', '\n', '9', 0x1F600, 'ß', 'ـ', 'ए', 0x0947, '-'};
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12);
            for (int c = 0; c < length; c++) {
                text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
            var words = Folding.words(text.toString());
            assertThat(Folding.fits(words, Folding.wanted(text.toString())))
                    .as(text.toString())
                    .isTrue();
            assertThat(words).allMatch(word -> !word.isEmpty() && !word.contains("#"));
        }
    }
}

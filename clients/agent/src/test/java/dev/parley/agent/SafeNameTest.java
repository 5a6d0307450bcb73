package dev.parley.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    plan.pdf            | plan.pdf
                    ../../etc/passwd    | passwd
                    C:\\Windows\\a.exe  | a.exe
                    a<b>c:d?f*.txt      | a_b_c_d_f_.txt
                    .bashrc             | bashrc
                    ...                 | file
                    'name. . '          | name
                    con                 | _con
                    LPT1.tar.gz         | _LPT1.tar.gz
                    console.txt         | console.txt
                    ''                  | file
                    日本 語.pdf           | 日本 語.pdf
                    """)
    void aWishBecomesAName(String wish, String name) {
        assertThat(SafeName.of(wish)).isEqualTo(name);
    }

    @Test
    void whatCannotBeSeenIsLeftOut() {
        assertThat(SafeName.of("a\u0000b\nc\u202Egpj.exe")).isEqualTo("abcgpj.exe");
        assertThat(SafeName.of("e\u0301.txt")).as("composed").isEqualTo("\u00e9.txt");
    }

    @Test
    void aLongNameKeepsItsExtension() {
        String name = SafeName.of("ä".repeat(300) + ".pdf");
        assertThat(name).endsWith("ä.pdf");
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(190, 200);
    }

    @Test
    void aNumberStandsBeforeTheExtension() {
        assertThat(SafeName.numbered("plan.pdf", 2)).isEqualTo("plan (2).pdf");
        assertThat(SafeName.numbered("plan", 2)).isEqualTo("plan (2)");
        assertThat(SafeName.numbered("a. sentence with a dot in it", 3)).isEqualTo("a. sentence with a dot in it (3)");
    }

    @Test
    void anyTextBecomesANameInsideTheFolder() {
        Path folder = Path.of("/somewhere/kept");
        var random = new Random(1);
        String alphabet = "../\\:a\u0000b \u202E.ä\uD83D";
        for (int i = 0; i < 20_000; i++) {
            var wish = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                wish.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String name = SafeName.of(wish.toString());
            assertThat(folder.resolve(name).normalize().getParent())
                    .as(wish.toString())
                    .isEqualTo(folder);
            assertThat(name).doesNotStartWith(".").isNotBlank();
        }
    }
}

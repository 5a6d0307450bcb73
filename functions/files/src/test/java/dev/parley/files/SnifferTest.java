package dev.parley.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnifferTest {
    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Sniffer.Sniffed sniff(String latin1, String declared) {
        return Sniffer.sniff(bytes(latin1), declared);
    }

    @Test
    void formatsAreKnownByTheirFirstBytesWhateverTheyAreCalled() {
        assertThat(sniff("\u0089PNG\r\n\u001A\n\0\0\0\rIHDR", "text/plain").type())
                .isEqualTo("image/png");
        assertThat(sniff("\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF", "image/png").type())
                .isEqualTo("image/jpeg");
        assertThat(sniff("GIF89a\u0001\0", "image/gif").type()).isEqualTo("image/gif");
        assertThat(sniff("RIFF\u0024\0\0\0WEBPVP8 ", "image/webp").type()).isEqualTo("image/webp");
        assertThat(sniff("RIFF\u0024\0\0\0WAVEfmt ", "x/y").type()).isEqualTo("audio/wav");
        assertThat(sniff("\0\0\0\u0020ftypisom\0\0", "x/y").type()).isEqualTo("video/mp4");
        assertThat(sniff("\0\0\0\u0020ftypavif\0\0", "x/y").type()).isEqualTo("image/avif");
        assertThat(sniff("\u001A\u0045\u00DF\u00A3\u0001\0", "audio/webm").type())
                .isEqualTo("audio/webm");
        assertThat(sniff("\u001A\u0045\u00DF\u00A3\u0001\0", "x/y").type()).isEqualTo("video/webm");
        assertThat(sniff("%PDF-1.7\n%", "application/pdf").type()).isEqualTo("application/pdf");
        assertThat(sniff("OggS\0\u0002", "video/ogg").type()).isEqualTo("video/ogg");
        assertThat(sniff("ID3\u0004\0", "audio/mpeg").type()).isEqualTo("audio/mpeg");
        assertThat(sniff("\u00FF\u00FB\u0090\0", "audio/mpeg").type()).isEqualTo("audio/mpeg");
        assertThat(sniff("\u001F\u008B\b\0", "application/gzip").type()).isEqualTo("application/gzip");
        assertThat(Sniffer.sniff(tar(), "x/y").type()).isEqualTo("application/x-tar");
    }

    private static byte[] tar() {
        byte[] tar = new byte[512];
        tar[0] = 'a';
        System.arraycopy(bytes("ustar"), 0, tar, 257, 5);
        return tar;
    }

    @Test
    void programsAreProgramsWhateverTheyAreCalled() {
        for (String head : new String[] {
            "MZ\u0090\0\u0003\0\0\0",
            "\u007FELF\u0002\u0001",
            "\u00CF\u00FA\u00ED\u00FE\u0007",
            "\u00CA\u00FE\u00BA\u00BE\0\0\0A",
            "\0asm\u0001\0\0\0",
            "#!/bin/sh\nrm -rf /\n",
            "PK\u0003\u0004" + "\0".repeat(26) + "META-INF/MANIFEST.MF",
            "PK\u0003\u0004" + "\0".repeat(26) + "AndroidManifest.xml",
        }) {
            Sniffer.Sniffed found = sniff(head, "image/png");
            assertThat(found.risk()).as(head).contains(Risk.PROGRAM);
            assertThat(Sniffer.deceives("image/png", found)).as(head).isTrue();
            assertThat(Sniffer.deceives("application/octet-stream", found))
                    .as(head)
                    .isFalse();
        }
    }

    @Test
    void pagesAndDrawingsCanRunScripts() {
        for (String head : new String[] {
            "<!DOCTYPE html><html>",
            "\n\t <HTML>",
            "<script>alert(1)</script>",
            "<svg xmlns='x'><script>alert(1)</script></svg>",
            "<?xml version='1.0'?><svg/>",
            "<!-- x --><body>",
            "<img src=x onerror=alert(1)>",
        }) {
            Sniffer.Sniffed found = sniff(head, "image/jpeg");
            assertThat(found.risk()).as(head).contains(Risk.ACTIVE);
            assertThat(Sniffer.deceives("image/jpeg", found)).as(head).isTrue();
        }
        Sniffer.Sniffed drawing = sniff("<svg xmlns='x'/>", "image/svg+xml");
        assertThat(drawing.type()).isEqualTo("image/svg+xml");
        assertThat(Sniffer.deceives("image/svg+xml", drawing)).isFalse();
        byte[] marked = "\uFEFF<html>".getBytes(StandardCharsets.UTF_8);
        assertThat(Sniffer.sniff(marked, "text/plain").risk()).contains(Risk.ACTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, text/plain",
        "text/csv, text/csv",
        "application/json, application/json",
        "image/png, text/plain",
        "application/pdf, text/plain",
        "video/mp4, text/plain"
    })
    void textIsTextThatItsOwnerNames(String declared, String type) {
        Sniffer.Sniffed found = sniff("a,b\n1,2\n", declared);
        assertThat(found).isEqualTo(new Sniffer.Sniffed(type, Optional.empty()));
    }

    @Test
    void textThatIsAScriptByItsNameIsAProgram() {
        assertThat(sniff("alert(1)", "text/javascript").risk()).contains(Risk.PROGRAM);
        assertThat(sniff("del *.*", "application/x-bat").risk()).contains(Risk.PROGRAM);
        assertThat(sniff("hello", "text/html").risk()).contains(Risk.ACTIVE);
        assertThat(sniff("BM is a text", "text/plain").type()).isEqualTo("text/plain");
    }

    @Test
    void bytesThatBeginLikeNothingAreWhatTheirOwnerSaysUnlessThatWouldBeKnown() {
        String noise = "\u0001\u0002\u0003\u0080";
        assertThat(sniff(noise, "model/gltf-binary").type()).isEqualTo("model/gltf-binary");
        assertThat(sniff(noise, "image/png").type()).isEqualTo("application/octet-stream");
        assertThat(sniff(noise, "text/html").type()).isEqualTo("application/octet-stream");
        assertThat(sniff(noise, "application/octet-stream").risk()).isEmpty();
    }

    @Test
    void documentsAreZipsThatTheirOwnerNames() {
        String word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        String zip = "PK\u0003\u0004" + "\0".repeat(26) + "[Content_Types].xml";
        assertThat(sniff(zip, word)).isEqualTo(Sniffer.Sniffed.harmless(word));
        assertThat(sniff(zip, "image/png").type()).isEqualTo("application/zip");
        assertThat(sniff(zip, "text/html").type()).isEqualTo("application/zip");
    }

    @Test
    void aTextThatIsCutWithinACharacterIsText() {
        byte[] cut = "é".repeat(3000).getBytes(StandardCharsets.UTF_8);
        byte[] head = Arrays.copyOf(cut, Sniffer.HEAD_BYTES - 1);
        assertThat(Sniffer.sniff(head, "text/plain").type()).isEqualTo("text/plain");
        assertThat(Sniffer.sniff(new byte[] {(byte) 0xC3, 'a'}, "text/plain").type())
                .isEqualTo("application/octet-stream");
    }

    @Test
    void nothingThatCanBeSentBreaksIt() {
        Random random = new Random(20_261_122);
        for (int i = 0; i < 20_000; i++) {
            byte[] head = new byte[random.nextInt(80)];
            random.nextBytes(head);
            assertThat(Sniffer.sniff(head, "application/octet-stream").type()).isNotBlank();
        }
    }
}

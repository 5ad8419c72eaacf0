package io.mlpool.serving.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.errors.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Java's and Jackson's own readers are the oracles. */
class JsonBytesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void numbersOfAllKindsAreReadAsJavaReadsThemToTheLastBit() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            String text = number(random);
            assertThat(Float.floatToRawIntBits(read(text)))
                    .as(text)
                    .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
        }
    }

    @Test
    void numbersBetweenTwoFloatsAreReadAsJavaReadsThemToTheLastBit() {
        Random random = new Random(8);
        for (int i = 0; i < 100_000; i++) {
            float below = Float.intBitsToFloat(random.nextInt(0x7f000000));
            double middle = ((double) below + Math.nextUp(below)) / 2;
            for (double value : new double[] {middle, Math.nextUp(middle), Math.nextDown(middle)}) {
                String text = Double.toString(value);
                assertThat(Float.floatToRawIntBits(read(text)))
                        .as(text)
                        .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
            }
        }
    }

    @Test
    void numbersInAListAreReadLikeEachOnItsOwn() {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            List<String> texts = Stream.generate(() -> number(random))
                    .limit(random.nextInt(12))
                    .toList();
            byte[] list = ("[" + String.join(random.nextBoolean() ? "," : " ,\n ", texts) + "]")
                    .getBytes(StandardCharsets.US_ASCII);
            Numbers numbers = new Numbers(1, 100);
            new JsonBytes(list, list.length).numbers(numbers);

            assertThat(numbers.toArray())
                    .as(new String(list, StandardCharsets.US_ASCII))
                    .containsExactly(texts.stream().map(Float::parseFloat).toArray(Float[]::new));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1:2]", "[1;2]", "[12345678/]", "[1234567:]", "[0.1234567\u00e9]", "[123456789\u00ff1]"})
    void whatFollowsDigitsAndIsNoneIsNotTakenForOne(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> new JsonBytes(bytes, bytes.length).numbers(new Numbers(1, 100)))
                .isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "-",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e+",
                "--1",
                "NaN",
                "Infinity",
                "0x1",
                "1,",
                "[1",
                "{",
                "{\"a\"}",
                "{\"a\":1,}",
                "[1,]",
                "\"a",
                "\"\\x\"",
                "tru",
                "nul",
                "\"\n\"",
                "[1 2]",
                "{1:2}"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> JSON.readTree("[" + text + "]".repeat(text.equals("[1") ? 0 : 1)))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> skip(text)).isInstanceOf(RefusedException.class);
    }

    @Test
    void documentThatIsCutOffAnywhereIsRefused() {
        String whole = "{\"a\":[1.5e3,-0.25,{\"b\":\"\\u00e4\\\"\",\"c\":[true,false,null]}],\"d\":\"x\"}";
        skip(whole);
        for (int length = 0; length < whole.length(); length++) {
            String part = whole.substring(0, length);
            assertThatThrownBy(() -> skip(part)).as(part).isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void damagedDocumentIsReadOrRefusedButNeverAnythingElse() {
        Random random = new Random(9);
        byte[] whole = "{\"inputs\":[{\"name\":\"window\",\"data\":[[1.5,2e-3],[-3,4]],\"s\":\"\\u00e4\"}],\"t\":true}"
                .getBytes(StandardCharsets.UTF_8);
        List<String> refusals = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                JsonBytes json = new JsonBytes(damaged, damaged.length);
                json.skip();
                json.end();
            } catch (RefusedException e) {
                refusals.add(e.getMessage());
            }
        }
        assertThat(refusals).hasSizeGreaterThan(10_000);
    }

    @Test
    void textWithEscapesAndForeignLettersIsReadAsJacksonReadsIt() {
        String text = "\"a\\\\b \\u20ac \uD83D\uDE00 é\"";

        assertThat(new JsonBytes(bytes(text), bytes(text).length).string())
                .isEqualTo(JSON.readValue(text, String.class));
    }

    @Test
    void nestingWithoutEndIsRefused() {
        String deep = "[".repeat(100_000);

        assertThatThrownBy(() -> skip(deep)).hasMessageContaining("nested deeper than");
    }

    @Test
    void numberThatNoFloatHoldsIsRefused() {
        assertThatThrownBy(() -> read("1e39")).hasMessage("a number at byte 0 is too large for FP32");
    }

    private static String number(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Float.toString(random.nextFloat() * 4 - 2);
            case 1 -> Double.toString(random.nextGaussian());
            case 2 -> Double.toString((double) (float) random.nextGaussian());
            case 3 -> Long.toString(random.nextLong());
            case 4 -> random.nextInt(100_000) + "." + random.nextLong(Long.MAX_VALUE) + "e" + (random.nextInt(60) - 45);
            default -> Double.toString(Math.scalb(random.nextDouble(), random.nextInt(260) - 160));
        };
    }

    private static float read(String text) {
        JsonBytes json = new JsonBytes(bytes(text), bytes(text).length);
        float value = json.number();
        json.end();
        return value;
    }

    private static void skip(String text) {
        JsonBytes json = new JsonBytes(bytes(text), bytes(text).length);
        json.skip();
        json.end();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

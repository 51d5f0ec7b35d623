package org.countyhub.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.countyhub.imaging.dicom.DicomJson.Limits;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of PS3.18 annex F, and what is refused. */
class DicomJsonReadTest {
    private static InputStream in(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Dataset read(String json) throws IOException {
        return DicomJson.read(in(json), Limits.DEFAULT);
    }

    private static Dataset values(Vr vr, String values) throws IOException {
        return read("{\"00091010\":{\"vr\":\"" + vr + "\",\"Value\":[" + values + "]}}");
    }

    private static Problem refused(String json, Limits limits) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> DicomJson.read(in(json), limits));
        assertThat(problem).as(json.substring(0, Math.min(200, json.length()))).isNotNull();
        return problem.problem();
    }

    private static String place(String json) {
        Problem problem = refused(json, Limits.DEFAULT);
        assertThat(problem).isInstanceOf(Problem.Malformed.class);
        return String.valueOf(problem.faults().getFirst().expression());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "1",
                "{}{}",
                "{} x",
                "{\"0010\":{\"vr\":\"LO\"}}",
                "{\"0010001a\":{\"vr\":\"LO\"}}",
                "{\"FFFEE000\":{\"vr\":\"LO\"}}",
                "{\"FFFFFFFF\":{\"vr\":\"LO\"}}",
                "{\"00080000\":{\"vr\":\"UL\",\"Value\":[4]}}",
                "{\"00100020\":7}",
                "{\"00100020\":{}}",
                "{\"00100020\":{\"vr\":7}}",
                "{\"00100020\":{\"vr\":\"ZZ\"}}",
                "{\"00100020\":{\"vr\":\"LO\",\"value\":[]}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":\"1\"}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"1\"],\"BulkDataURI\":\"x\"}}",
                "{\"00100020\":{\"vr\":\"LO\",\"InlineBinary\":\"AQI=\"}}",
                "{\"00100020\":{\"vr\":\"OB\",\"InlineBinary\":\"*\"}}",
                "{\"00100020\":{\"vr\":\"OB\",\"Value\":[1]}}",
                "{\"00100020\":{\"vr\":\"OB\",\"BulkDataURI\":1}}",
                "{\"00100020\":{\"vr\":\"SQ\",\"Value\":[null]}}",
                "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"\\ud800\"]}}"
            })
    void whatIsNoSuchModelIsMalformed(String wrong) {
        assertThat(place(wrong)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "US|-1",
                "US|65536",
                "US|1.5",
                "US|1.0",
                "US|`\"1\"`",
                "US|null",
                "US|1e400",
                "SS|32768",
                "SS|-32769",
                "UL|4294967296",
                "UL|-1",
                "SL|2147483648",
                "SL|-2147483649",
                "SL|99999999999999999999999999",
                "SV|9223372036854775808",
                "SV|`\"1.5\"`",
                "SV|`\"\"`",
                "UV|-1",
                "UV|18446744073709551616",
                "UV|`\"x\"`",
                "FL|1e39",
                "FL|1e400",
                "FD|1e400",
                "FD|-1e400",
                "FD|`\"1\"`",
                "FD|null",
                "IS|1.5",
                "IS|1e400",
                "IS|2147483648",
                "IS|-2147483649",
                "DS|1e400",
                "DS|true",
                "AT|`\"0010001\"`",
                "AT|`\"0010001G\"`",
                "AT|`\"-0010010\"`",
                "AT|7",
                "AT|null",
                "LO|7",
                "LO|`\"a\\\\b\"`",
                "UI|`\"1\\\\2\"`",
                "CS|`\"A\\\\B\"`",
                "UC|`\"a\\\\b\"`",
                "DS|`\"1\\\\2\"`",
                "CS|`\"王\"`",
                "LT|`\"a\",\"b\"`",
                "UR|`\"a\",\"b\"`",
                "PN|`\"Wang\"`",
                "PN|{`\"Alphabetic\"`:7}",
                "PN|{`\"Family\"`:`\"a\"`}",
                "PN|`{\"Alphabetic\":\"a\\\\b\"}`",
                "PN|`{\"Alphabetic\":\"a=b\"}`"
            })
    void whatARepresentationCannotHoldIsRefusedAtItsTag(Vr vr, String values) {
        assertThatThrownBy(() -> values(vr, values)).isInstanceOf(ProblemException.class);
        assertThat(place("{\"00091010\":{\"vr\":\"" + vr + "\",\"Value\":[" + values + "]}}"))
                .startsWith("(0009,1010) at line 1, column ");
        assertThat(place("{\"00091010\":{\"Value\":[" + values + "],\"vr\":\"" + vr + "\"}}"))
                .as("the representation behind the value")
                .startsWith("(0009,1010)");
    }

    @Test
    void theLastNumbersOfEachRepresentationAreTaken() throws IOException {
        assertThat(values(Vr.US, "0,65535").integers(0x00091010)).containsExactly(0, 65535);
        assertThat(values(Vr.SS, "-32768,32767").integers(0x00091010)).containsExactly(-32768, 32767);
        assertThat(values(Vr.UL, "4294967295").integers(0x00091010)).containsExactly(4294967295L);
        assertThat(values(Vr.SL, "-2147483648").integers(0x00091010)).containsExactly(Integer.MIN_VALUE);
        assertThat(values(Vr.SV, "-9223372036854775808,\"9223372036854775807\"").integers(0x00091010))
                .containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(values(Vr.UV, "18446744073709551615,\"18446744073709551615\"")
                        .integers(0x00091010))
                .containsExactly(-1, -1);
        assertThat(values(Vr.FL, "3.4028234663852886e38,\"-inf\"").decimals(0x00091010))
                .containsExactly(Float.MAX_VALUE, Double.NEGATIVE_INFINITY);
        assertThat(values(Vr.FD, "1.7976931348623157e308,\"NaN\"").decimals(0x00091010))
                .containsExactly(Double.MAX_VALUE, Double.NaN);
        assertThat(values(Vr.IS, "2147483647,\"+7\",null").strings(0x00091010)).containsExactly("2147483647", "+7", "");
        assertThat(values(Vr.DS, "1.50,\"1e2\"").strings(0x00091010)).containsExactly("1.50", "1e2");
        assertThat(((Element.Bytes) Objects.requireNonNull(
                                values(Vr.AT, "\"FFFFFFFF\",\"00100020\"").element(0x00091010)))
                        .value())
                .containsExactly(0xFF, 0xFF, 0xFF, 0xFF, 0x10, 0, 0x20, 0);
        assertThat(values(Vr.LT, "\"a\\\\b\"").string(0x00091010)).isEqualTo("a\\b");
    }

    @Test
    void aNameThatStandsTwiceIsRefused() {
        String twice = "\"00100020\":{\"vr\":\"LO\"}";
        assertThat(place("{" + twice + "," + twice + "}")).contains("line 1, column ");
        assertThat(place("{\"00100020\":{\"vr\":\"LO\",\"vr\":\"SH\"}}")).startsWith("(0010,0020) at line 1");
    }

    @Test
    void thePlaceLeadsThroughSequences() {
        assertThat(place("""
                {"00400275":{"vr":"SQ","Value":[{},
                  {"00080050":{"vr":"SH","Value":[7]}}]}}""")).startsWith("(0040,0275)[1].(0008,0050) at line 2, column ");
    }

    @Test
    void attributesAndTheirMembersComeInAnyOrder() throws IOException {
        Dataset read =
                read("{\"00400275\":{\"Value\":[{\"00080050\":{\"Value\":[\"1\"],\"vr\":\"SH\"}}],\"vr\":\"SQ\"},"
                        + "\"00080050\":{\"vr\":\"SH\",\"Value\":[\"2\"]}}");
        assertThat(read.string(Tag.AccessionNumber)).isEqualTo("2");
        assertThat(read.items(Tag.RequestAttributesSequence).getFirst().string(Tag.AccessionNumber))
                .isEqualTo("1");
    }

    @Test
    void oneDocumentCostsNoMoreThanItsLimits() {
        String item = "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[";
        String deep = item.repeat(10_000) + "]}}".repeat(10_000);
        for (String wrong : List.of(deep, "[".repeat(100_000), "{\"00100020\":".repeat(100_000))) {
            assertThat(refused(wrong, Limits.DEFAULT))
                    .as(wrong.substring(0, 20))
                    .isInstanceOfAny(Problem.TooLarge.class, Problem.Malformed.class);
        }
        String four = item.repeat(4) + "]}}".repeat(4);
        assertThat(refused(four, new Limits(10_000, 100, 2, 1))).isInstanceOf(Problem.TooLarge.class);
        assertThat(refused("{\"00100020\":{\"vr\":\"LO\"},\"00100021\":{\"vr\":\"LO\"}}", new Limits(10_000, 1, 2, 1)))
                .isInstanceOf(Problem.TooLarge.class);
        assertThat(refused("{" + " ".repeat(100_000) + "}", new Limits(50_000, 1, 2, 1)))
                .isInstanceOf(Problem.TooLarge.class);
        assertThat(refused("{\"00091010\":{\"vr\":\"DS\",\"Value\":[" + "9".repeat(10_000) + "]}}", Limits.DEFAULT))
                .isInstanceOf(Problem.TooLarge.class);
    }

    @Test
    void asDeepAsTheLimitIsTaken() throws IOException {
        int depth = Limits.DEFAULT.depth();
        String json = "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[".repeat(depth)
                + "{\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"A\"}]}}"
                + "]}}".repeat(depth);
        Dataset read = read(json);
        for (int i = 0; i < depth; i++) {
            read = read.items(0x00081140).getFirst();
        }
        assertThat(read.string(Tag.PatientName)).isEqualTo("A");
    }

    @Test
    void anArrayIsReadOneByOneUpToTheLimit() throws IOException {
        List<String> ids = new ArrayList<>();
        String one = "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"%s\"]}}";
        DicomJson.readAll(
                in("[" + one.formatted("a") + "," + one.formatted("b") + "]"),
                Limits.DEFAULT,
                dataset -> ids.add(dataset.string(Tag.PatientID)));
        assertThat(ids).containsExactly("a", "b");

        DicomJson.readAll(in("[]"), Limits.DEFAULT, dataset -> ids.add("none"));
        assertThat(ids).hasSize(2);

        List<String> before = new ArrayList<>();
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> DicomJson.readAll(
                        in("[" + one.formatted("a") + ",{\"00100020\":{\"vr\":\"US\",\"Value\":[-1]}}]"),
                        Limits.DEFAULT,
                        dataset -> before.add(dataset.string(Tag.PatientID))));
        assertThat(problem.problem().faults().getFirst().expression()).startsWith("[1].(0010,0020) at line 1");
        assertThat(before).containsExactly("a");
        for (String wrong : List.of("{}", "[", "[{},{}]", "[{}] []", "[[]]")) {
            assertThatThrownBy(() -> DicomJson.readAll(in(wrong), new Limits(1_000, 10, 2, 1), dataset -> {}))
                    .as(wrong)
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void whatWasKeptOfACrookedObjectIsStillRead() throws IOException {
        String json =
                "{\"00080000\":{\"vr\":\"UL\",\"Value\":[4]},\"00200013\":{\"vr\":\"IS\",\"Value\":[99999999999,7.0]}}";
        Dataset kept = DicomJson.readKept(in(json), Limits.DEFAULT);
        assertThat(kept.strings(Tag.InstanceNumber)).containsExactly("99999999999", "7.0");
        assertThat(kept.elements()).hasSize(1);
    }
}

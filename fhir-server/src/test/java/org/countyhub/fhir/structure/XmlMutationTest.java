package org.countyhub.fhir.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** Whatever becomes of a document on its way, it is accepted and comes back equal, or is refused with places. */
class XmlMutationTest {
    private static final int MUTANTS_OF_EACH = 60;
    private static final Pattern TOKEN = Pattern.compile("<[^>]*>|\"[^\"]*\"");
    private static final XmlWriter XML = new XmlWriter(Structures.DEFINITIONS);

    private static final List<String> ANYTHING = List.of(
            "",
            "x",
            "<name/>",
            "<id value=\"1\"/>",
            "<resource/>",
            "<contained><Patient/></contained>",
            "\"\"",
            "\" \"",
            "<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>",
            "<div>",
            "</div>",
            "\"-1\"",
            "\"true\"",
            "\"2000\"",
            "<extension url=\"u\"><valueCode value=\"c\"/></extension>",
            "<!-- x -->",
            "<?x y?>",
            "<![CDATA[x]]>",
            "&x;",
            "<!DOCTYPE a>",
            "<active id=\"x\"/>",
            "<_active/>",
            "<x:y/>",
            "<Patient xmlns=\"http://hl7.org/fhir\">");

    private static List<byte[]> documents(int maxBytes) {
        return Examples.small(maxBytes).stream()
                .map(example -> XML.write(Structures.PARSER.parse(Examples.read(example)), false))
                .toList();
    }

    @Test
    void aDocumentWithOtherPartsIsAcceptedOrRefusedWithPlaces() {
        Random random = new Random(20_190_102);
        int refused = 0;
        for (byte[] document : documents(20_000)) {
            String valid = new String(document, StandardCharsets.UTF_8);
            List<MatchResult> tokens = TOKEN.matcher(valid).results().toList();
            for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                MatchResult one = tokens.get(random.nextInt(tokens.size()));
                MatchResult other = tokens.get(random.nextInt(tokens.size()));
                String instead =
                        switch (random.nextInt(4)) {
                            case 0 -> other.group();
                            case 1 -> one.group() + other.group();
                            case 2 -> one.group() + ANYTHING.get(random.nextInt(ANYTHING.size()));
                            default -> ANYTHING.get(random.nextInt(ANYTHING.size()));
                        };
                String mutant = valid.substring(0, one.start()) + instead + valid.substring(one.end());
                refused += isRefused(mutant.getBytes(StandardCharsets.UTF_8)) ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void changedBytesAreAcceptedOrRefusedWithAPlace() {
        Random random = new Random(5);
        for (byte[] valid : documents(5_000)) {
            for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                byte[] mutant = valid.clone();
                for (int change = random.nextInt(3); change >= 0; change--) {
                    mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(128);
                }
                isRefused(mutant);
            }
        }
    }

    private static boolean isRefused(byte[] document) {
        String shown = new String(document, StandardCharsets.UTF_8);
        ObjectNode accepted;
        try {
            accepted = Structures.PARSER.parseXml(document);
        } catch (ProblemException e) {
            assertThat(e.problem()).isInstanceOf(Problem.Malformed.class);
            assertThat(e.problem().faults()).as(shown).hasSizeBetween(1, 20).allSatisfy(XmlMutationTest::isPlaced);
            return true;
        } catch (RuntimeException e) {
            throw new AssertionError("neither accepted nor refused: " + shown, e);
        }
        assertThat(Structures.PARSER.parseXml(XML.write(accepted, false)))
                .as(shown)
                .isEqualTo(accepted);
        assertThat(Structures.PARSER.parse(Structures.WRITER.write(accepted)))
                .as(shown)
                .isEqualTo(accepted);
        return false;
    }

    private static void isPlaced(Fault fault) {
        // What is no text has no lines.
        if (!String.valueOf(fault.expression()).startsWith("byte ")) {
            assertThat(fault.expression()).matches("[A-Z]\\w*(\\.[\\w?]+(\\[\\d+])?)*");
            assertThat(fault.diagnostics()).matches("(?s).+ \\(line \\d+, column \\d+\\)");
        }
    }
}

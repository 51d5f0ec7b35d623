package org.countyhub.imaging.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

class StructuredReportTest {
    private static Dataset code(String value, String scheme, String meaning) {
        return Dataset.builder()
                .set(Tag.CodeValue, Vr.SH, value)
                .set(Tag.CodingSchemeDesignator, Vr.SH, scheme)
                .set(Tag.CodeMeaning, Vr.LO, meaning)
                .build();
    }

    private static Dataset.Builder item(String type, String name) {
        Dataset.Builder item =
                Dataset.builder().set(Tag.RelationshipType, Vr.CS, "CONTAINS").set(Tag.ValueType, Vr.CS, type);
        return name.isEmpty() ? item : item.set(Tag.ConceptNameCodeSequence, List.of(code("1", "99X", name)));
    }

    private static Dataset text(String name, String value) {
        return item("TEXT", name).set(Tag.TextValue, Vr.UT, value).build();
    }

    private static Dataset.Builder report(Dataset... items) {
        return item("CONTAINER", "胸部CT报告")
                .set(Tag.PatientName, Vr.PN, "Zhang^San=张^三")
                .set(Tag.PatientID, Vr.LO, "P1")
                .set(Tag.CompletionFlag, Vr.CS, "COMPLETE")
                .set(Tag.VerificationFlag, Vr.CS, "UNVERIFIED")
                .set(Tag.ContentDate, Vr.DA, "20260302")
                .set(Tag.ContentTime, Vr.TM, "091500.123")
                .set(Tag.ContentSequence, Arrays.asList(items));
    }

    private static String plain(Dataset... items) {
        String text = StructuredReport.of(report(items).build(), "P1").text();
        return text.substring(text.indexOf("\n\n") + 2);
    }

    private static String html(Dataset... items) {
        return StructuredReport.of(report(items).build(), "P1").html();
    }

    @Test
    void theHeadSaysWhoseItIsAndHowFarItIs() {
        Dataset observer = Dataset.builder()
                .set(Tag.VerifyingObserverName, Vr.PN, "Li^Si=李^四")
                .set(Tag.VerifyingOrganization, Vr.LO, "县医院")
                .set(Tag.VerificationDateTime, Vr.DT, "20260302101500+0800")
                .build();
        String text = StructuredReport.of(
                        report().set(Tag.VerifyingObserverSequence, List.of(observer))
                                .build(),
                        "P1")
                .text();
        assertThat(text)
                .startsWith("胸部CT报告\nPatient: Zhang San = 张 三\nPatient ID: P1\n")
                .contains("Content date: 2026-03-02 09:15:00\nCompletion: COMPLETE\nVerification: UNVERIFIED\n")
                .contains("Verified by: Li Si = 李 四, 县医院, 2026-03-02 10:15:00 +0800\n")
                .doesNotContain("in the document");
    }

    @Test
    void theNumberUnderWhichItIsKeptCounts() {
        assertThat(StructuredReport.of(report().build(), "P2").text())
                .contains("Patient ID: P2\nPatient ID in the document: P1\n");
    }

    @Test
    void everyValueTypeHasItsWords() {
        Dataset measured = Dataset.builder()
                .set(Tag.NumericValue, Vr.DS, "12.50")
                .set(Tag.MeasurementUnitsCodeSequence, List.of(code("mm", "UCUM", "millimeter")))
                .build();
        Dataset image = Dataset.builder()
                .set(Tag.ReferencedSOPInstanceUID, Vr.UI, "1.2.3")
                .set(Tag.ReferencedFrameNumber, Vr.IS, "1", "2")
                .build();
        assertThat(plain(
                        text("所见", "双肺清晰"),
                        item("CODE", "Finding")
                                .set(Tag.ConceptCodeSequence, List.of(code("M-1", "SRT", "Mass")))
                                .build(),
                        item("NUM", "Diameter")
                                .set(Tag.MeasuredValueSequence, List.of(measured))
                                .build(),
                        item("NUM", "Volume")
                                .set(Tag.NumericValueQualifierCodeSequence, List.of(code("1", "DCM", "Not a number")))
                                .build(),
                        item("DATE", "Day").set(Tag.Date, Vr.DA, "20260302").build(),
                        item("TIME", "Time").set(Tag.Time, Vr.TM, "0915").build(),
                        item("DATETIME", "At")
                                .set(Tag.DateTime, Vr.DT, "20260302091500.5")
                                .build(),
                        item("PNAME", "Observer")
                                .set(Tag.PersonName, Vr.PN, "Li^Si")
                                .build(),
                        item("UIDREF", "Frame of reference")
                                .set(Tag.UID, Vr.UI, "1.2.9")
                                .build(),
                        item("IMAGE", "")
                                .set(Tag.ReferencedSOPSequence, List.of(image))
                                .build(),
                        item("HOLOGRAM", "Later").build()))
                .isEqualTo("""
                        - 所见: 双肺清晰
                        - Finding: Mass (M-1, SRT)
                        - Diameter: 12.50 mm
                        - Volume: Not a number
                        - Day: 2026-03-02
                        - Time: 09:15
                        - At: 2026-03-02 09:15:00
                        - Observer: Li Si
                        - Frame of reference: 1.2.9
                        - 1.2.3 (1, 2)
                        - Later
                        """);
    }

    @Test
    void theTreeIsKept() {
        Dataset group = item("CONTAINER", "Findings")
                .set(Tag.ContentSequence, List.of(text("Lung", "clear\r\nno nodules"), text("Heart", "normal")))
                .build();
        assertThat(plain(group, text("Impression", "normal")))
                .isEqualTo("- Findings\n  - Lung: clear\n    no nodules\n  - Heart: normal\n- Impression: normal\n");
        assertThat(html(group))
                .contains("<li><b>Findings</b><ul>\n<li><b>Lung:</b> clear<br>no nodules</li>\n"
                        + "<li><b>Heart:</b> normal</li>\n</ul>\n</li>");
    }

    @Test
    void nothingInADocumentIsMarkup() {
        String attack = "<script>alert(1)</script><img src=x onerror=\"a('b')\">&amp;";
        String page = StructuredReport.of(
                        report(text(attack, attack))
                                .set(Tag.PatientName, Vr.PN, attack)
                                .set(Tag.ConceptNameCodeSequence, List.of(code("1", "99X", "</title>" + attack)))
                                .build(),
                        attack)
                .html();
        assertThat(page.replaceAll(
                        "<(!DOCTYPE html|meta charset=\"utf-8\"|br|/?(html|head|title|body|header|main|h1|dl|dt|dd|ul|li|b))>",
                        ""))
                .doesNotContain("<", ">", "\"", "'")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;amp;");
    }

    @Test
    void controlsAndTurnsOfDirectionAreLeftOut() {
        assertThat(html(text("Name", "a\u0000b\u001bc\u202ed\u2066e"))).contains("</b> abcde</li>");
        assertThat(plain(text("Name", "a\u0000b\u202ec"))).isEqualTo("- Name: abc\n");
    }

    @Test
    void aReportThatIsTooLongIsRefused() {
        String long20 = "<".repeat(100_000);
        Dataset[] items = Collections.nCopies(50, text("T", long20)).toArray(Dataset[]::new);
        assertThatThrownBy(() -> html(items))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("too long");
    }
}

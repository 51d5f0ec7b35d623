package org.countyhub.imaging.render;

import java.util.LinkedHashMap;
import java.util.Map;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/**
 * A structured report (PS3.3 section A.35) as a page or as text: whose it is, what it is of, whether it is finished and who signed it,
 * and its content tree. Everything that stands in the document is text and nothing else: a page has no script, no style, no link and no
 * address in it.
 */
public final class StructuredReport {
    /** Characters of a page or text; a report of so many is no reading matter. */
    private static final int MAX_LENGTH = 16 << 20;

    private static final String UNTITLED = "Structured report";

    /** What there is to say of the document as a whole, by names. */
    private final Map<String, String> head;

    private final ContentItem root;

    private StructuredReport(Map<String, String> head, ContentItem root) {
        this.head = head;
        this.root = root;
    }

    /**
     * Reads a report.
     *
     * @param dataset with all of its values in memory
     * @param patientId the number under which the document is kept; it counts, whatever the document says
     */
    public static StructuredReport of(Dataset dataset, String patientId) {
        Map<String, String> head = new LinkedHashMap<>();
        put(head, "Patient", Words.personName(dataset.string(Tag.PatientName, "")));
        put(head, "Patient ID", patientId);
        String said = dataset.string(Tag.PatientID, "");
        if (!said.equals(patientId)) {
            put(head, "Patient ID in the document", said);
        }
        put(head, "Sex", dataset.string(Tag.PatientSex, ""));
        put(head, "Birth date", Words.date(dataset.string(Tag.PatientBirthDate, "")));
        put(head, "Institution", dataset.string(Tag.InstitutionName, ""));
        put(head, "Accession number", dataset.string(Tag.AccessionNumber, ""));
        put(head, "Study", dataset.string(Tag.StudyDescription, ""));
        put(head, "Study date", moment(dataset, Tag.StudyDate, Tag.StudyTime));
        put(head, "Content date", moment(dataset, Tag.ContentDate, Tag.ContentTime));
        put(head, "Completion", dataset.string(Tag.CompletionFlag, ""));
        put(head, "Verification", dataset.string(Tag.VerificationFlag, ""));
        StringBuilder observers = new StringBuilder();
        for (Dataset observer : dataset.items(Tag.VerifyingObserverSequence)) {
            observers
                    .append(observers.isEmpty() ? "" : "; ")
                    .append(Words.personName(observer.string(Tag.VerifyingObserverName, "")))
                    .append(observer.string(Tag.VerifyingOrganization) == null ? "" : ", ")
                    .append(observer.string(Tag.VerifyingOrganization, ""))
                    .append(observer.string(Tag.VerificationDateTime) == null ? "" : ", ")
                    .append(Words.dateTime(observer.string(Tag.VerificationDateTime, "")));
        }
        put(head, "Verified by", observers.toString());
        return new StructuredReport(head, ContentItem.of(dataset));
    }

    private static void put(Map<String, String> head, String name, String value) {
        if (!value.isEmpty()) {
            head.put(name, value);
        }
    }

    private static String moment(Dataset dataset, int date, int time) {
        return (Words.date(dataset.string(date, "")) + " " + Words.time(dataset.string(time, ""))).strip();
    }

    private String title() {
        return root.name().isEmpty() ? UNTITLED : root.name();
    }

    /**
     * HTML 5, to be sent in UTF-8.
     *
     * @throws org.countyhub.kernel.ProblemException Unprocessable where it would be too long
     */
    public String html() {
        StringBuilder out = new StringBuilder(16 * 1024);
        out.append("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>");
        escape(title(), out);
        out.append("</title>\n</head>\n<body>\n<header>\n<h1>");
        escape(title(), out);
        out.append("</h1>\n<dl>\n");
        head.forEach((name, value) -> {
            out.append("<dt>");
            escape(name, out);
            out.append("</dt><dd>");
            escape(value, out);
            out.append("</dd>\n");
        });
        out.append("</dl>\n</header>\n<main>\n");
        htmlItems(root, out);
        out.append("</main>\n</body>\n</html>\n");
        return out.toString();
    }

    private static void htmlItems(ContentItem in, StringBuilder out) {
        if (in.items().isEmpty()) {
            return;
        }
        out.append("<ul>\n");
        for (ContentItem item : in.items()) {
            out.append("<li>");
            if (!item.name().isEmpty()) {
                out.append("<b>");
                escape(item.name(), out);
                out.append(item.value().isEmpty() ? "</b>" : ":</b> ");
            }
            escape(item.value(), out);
            htmlItems(item, out);
            out.append("</li>\n");
            bound(out);
        }
        out.append("</ul>\n");
    }

    /**
     * Plain text, an item a line, those in it further in.
     *
     * @throws org.countyhub.kernel.ProblemException Unprocessable where it would be too long
     */
    public String text() {
        StringBuilder out = new StringBuilder(16 * 1024);
        line(title(), out);
        head.forEach((name, value) -> line(name + ": " + value, out));
        out.append('\n');
        textItems(root, "", out);
        return out.toString();
    }

    private static void textItems(ContentItem in, String indent, StringBuilder out) {
        for (ContentItem item : in.items()) {
            String between = item.name().isEmpty() || item.value().isEmpty() ? "" : ": ";
            // What has several lines goes on where it begins.
            String value = item.value().replaceAll("\\R", "\n" + indent + "  ");
            line(indent + "- " + item.name() + between + value, out);
            textItems(item, indent + "  ", out);
            bound(out);
        }
    }

    private static void line(String text, StringBuilder out) {
        text.codePoints().filter(StructuredReport::isShown).forEach(out::appendCodePoint);
        out.append('\n');
    }

    private static void bound(StringBuilder out) {
        if (out.length() > MAX_LENGTH) {
            throw Problem.unprocessable(
                    Fault.at(Tag.text(Tag.ContentSequence), "too-costly", "the report is too long to be rendered"));
        }
    }

    /** Text between tags (HTML 13.1.4): what could begin or end markup is named; line ends stay visible, other controls go. */
    private static void escape(String text, StringBuilder out) {
        text.replaceAll("\\R", "\n")
                .codePoints()
                .filter(StructuredReport::isShown)
                .forEach(character -> {
                    switch (character) {
                        case '&' -> out.append("&amp;");
                        case '<' -> out.append("&lt;");
                        case '>' -> out.append("&gt;");
                        case '"' -> out.append("&quot;");
                        case '\'' -> out.append("&#39;");
                        case '\n' -> out.append("<br>");
                        default -> out.appendCodePoint(character);
                    }
                });
        bound(out);
    }

    /** No controls, and no characters that turn the direction of what stands around them. */
    private static boolean isShown(int character) {
        boolean turns = (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
        boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
        return character == '\n' || character == '\t' || !(Character.isISOControl(character) || turns || surrogate);
    }
}

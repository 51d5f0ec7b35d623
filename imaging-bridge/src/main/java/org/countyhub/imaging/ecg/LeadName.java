package org.countyhub.imaging.ecg;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Tag;

/** What a channel is called (PS3.16 CID 3001): by its code, else by its label, else by what the code means. */
final class LeadName {
    /** The order in which leads are read. */
    static final List<String> TWELVE =
            List.of("I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6");

    /** The lead's number is the same in the older codes of SCP-ECG and in those of IEEE 11073-10102. */
    private static final Pattern CODE = Pattern.compile("(?:5\\.6\\.3-9-|2:)(\\d{1,3})");

    private static final Map<Integer, String> NUMBERS = Map.ofEntries(
            Map.entry(1, "I"),
            Map.entry(2, "II"),
            Map.entry(3, "V1"),
            Map.entry(4, "V2"),
            Map.entry(5, "V3"),
            Map.entry(6, "V4"),
            Map.entry(7, "V5"),
            Map.entry(8, "V6"),
            Map.entry(9, "V7"),
            Map.entry(10, "V2R"),
            Map.entry(11, "V3R"),
            Map.entry(12, "V4R"),
            Map.entry(13, "V5R"),
            Map.entry(14, "V6R"),
            Map.entry(15, "V7R"),
            Map.entry(16, "X"),
            Map.entry(17, "Y"),
            Map.entry(18, "Z"),
            Map.entry(19, "CC5"),
            Map.entry(20, "CM5"),
            Map.entry(61, "III"),
            Map.entry(62, "aVR"),
            Map.entry(63, "aVL"),
            Map.entry(64, "aVF"),
            Map.entry(65, "-aVR"),
            Map.entry(66, "V8"),
            Map.entry(67, "V9"),
            Map.entry(68, "V8R"),
            Map.entry(69, "V9R"));

    private static final Pattern SAID = Pattern.compile("(?i)(?:lead\\s+)?(\\S+)(?:\\s+\\(.*\\))?");
    private static final int MAX_LENGTH = 16;

    private LeadName() {}

    /** @param number of the channel, from 1 on */
    static String of(Dataset channel, int number) {
        List<Dataset> sources = channel.items(Tag.ChannelSourceSequence);
        Dataset source = sources.isEmpty() ? Dataset.EMPTY : sources.getFirst();
        Matcher code = CODE.matcher(source.string(Tag.CodeValue, ""));
        if (isOfLeads(source.string(Tag.CodingSchemeDesignator, "")) && code.matches()) {
            String name = NUMBERS.get(Integer.parseInt(code.group(1)));
            if (name != null) {
                return name;
            }
        }
        String said = channel.string(Tag.ChannelLabel, source.string(Tag.CodeMeaning, ""));
        Matcher matcher = SAID.matcher(said);
        String name = matcher.matches() ? matcher.group(1) : said;
        for (String known : TWELVE) {
            if (known.equalsIgnoreCase(name)) {
                return known;
            }
        }
        if (name.isEmpty()) {
            return "#" + number;
        }
        return name.length() > MAX_LENGTH
                ? name.substring(0, name.offsetByCodePoints(0, name.codePointCount(0, MAX_LENGTH))) + "…"
                : name;
    }

    private static boolean isOfLeads(String scheme) {
        return scheme.equals("MDC") || scheme.equals("SCPECG");
    }

    /** Where a lead stands among others: the twelve first. */
    static int order(String name) {
        int known = TWELVE.indexOf(name);
        return known < 0 ? TWELVE.size() : known;
    }
}

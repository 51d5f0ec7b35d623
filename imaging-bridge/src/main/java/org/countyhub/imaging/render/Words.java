package org.countyhub.imaging.render;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values of DICOM as people read them (PS3.5 section 6.2); what is not of its form stays as it is. */
public final class Words {
    private static final Pattern DATE = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern TIME = Pattern.compile("(\\d{2})(\\d{2})(\\d{2})?(?:\\.\\d{1,6})?");
    private static final Pattern DATE_TIME = Pattern.compile("(\\d{8})(\\d{4,6}(?:\\.\\d{1,6})?)([+-]\\d{4})?");

    private static final Pattern AGE = Pattern.compile("\\d{3}[DWMY]");

    private Words() {}

    public static String date(String da) {
        return DATE.matcher(da).replaceFirst("$1-$2-$3");
    }

    /** To the second. */
    public static String time(String tm) {
        Matcher matcher = TIME.matcher(tm);
        if (!matcher.matches()) {
            return tm;
        }
        return matcher.group(1) + ":" + matcher.group(2) + (matcher.group(3) == null ? "" : ":" + matcher.group(3));
    }

    public static String dateTime(String dt) {
        Matcher matcher = DATE_TIME.matcher(dt);
        if (!matcher.matches()) {
            return dt.length() == 8 ? date(dt) : dt;
        }
        String offset = matcher.group(3);
        return date(matcher.group(1)) + " " + time(matcher.group(2)) + (offset == null ? "" : " " + offset);
    }

    /** A code of PatientSex (0010,0040); what is none of its codes stays as it is. */
    public static String sex(String cs, Language language) {
        return switch (cs) {
            case "M" -> language.of("male", "男");
            case "F" -> language.of("female", "女");
            case "O" -> language.of("other sex", "性别：其他");
            default -> cs;
        };
    }

    public static String age(String as, Language language) {
        if (!AGE.matcher(as).matches()) {
            return as;
        }
        String unit =
                switch (as.charAt(3)) {
                    case 'D' -> language.of("days", "天");
                    case 'W' -> language.of("weeks", "周");
                    case 'M' -> language.of("months", "个月");
                    default -> language.of("years", "岁");
                };
        return Integer.parseInt(as.substring(0, 3)) + " " + unit;
    }

    /** The groups of a name, each with its components apart by spaces: letters, then characters. */
    public static String personName(String pn) {
        return Arrays.stream(pn.split("=", -1))
                .map(group -> Stream.of(group.split("\\^", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" ")))
                .filter(group -> !group.isEmpty())
                .collect(Collectors.joining(" = "));
    }
}

package org.countyhub.fhir.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that stand in for one that is not known yet:
 *
 * <ul>
 *   <li>a newborn called after a parent: 李四之子, 李四之次女, 李四的女儿, 李四之大双, 李四之子A, 李四婴儿, Baby Boy of Li Si;
 *   <li>nobody's name: 无名氏, 未知, 患者3, newborn, unknown;
 *   <li>a name that was made unreadable: 张某, 张某某, 张*.
 * </ul>
 *
 * A name that is used for examples, such as 张三, is a name.
 */
final class PlaceholderNames {
    private static final Pattern CHILD_OF =
            Pattern.compile("(?<parent>.+?)(?:[之的](?:[长長次大小一二三四幺]?(?:子|女|婴|嬰|儿子|女儿|男婴|女婴|婴儿|新生儿)"
                    + "|双胞胎|雙胞胎|[大小](?:双|雙)[子女]?)|婴儿|嬰兒|男婴|女婴|新生儿|新生兒)" + "[(]?[0-9A-Za-z甲乙丙大小一二三]?[)]?");

    private static final Pattern OF_MULTIPLE_BIRTH = Pattern.compile(".*[之的](?:双胞胎|雙胞胎|[大小](?:双|雙)).*");

    private static final Pattern NOBODY = Pattern.compile("(?:无名氏?|無名氏?|未知|不详|不詳|姓名不详|无姓名|未命名|佚名|匿名|待定|无|患者|病人|急诊患者|"
            + "三无人员|三无患者|新生儿|婴儿|男婴|女婴)(?:[男女])?[-#]?[0-9A-Za-z]{0,6}");

    private static final Pattern UNREADABLE = Pattern.compile(".*[*＊].*|.{0,2}某{1,2}");

    private static final Set<String> LATIN = Set.of(
            "newborn",
            "new born",
            "unknown",
            "unidentified",
            "anonymous",
            "no name",
            "patient",
            "baby boy",
            "baby girl",
            "babyboy",
            "babygirl",
            "infant",
            "infant boy",
            "infant girl",
            "john doe",
            "jane doe");

    private static final Pattern LATIN_CHILD_OF =
            Pattern.compile("(?:baby|newborn|infant)(?: (?:boy|girl|son|daughter|child))? of (?<parent>.+)");

    private PlaceholderNames() {}

    static boolean isPlaceholder(PersonName name) {
        String text = name.text();
        String latin = text.toLowerCase(Locale.ROOT);
        return CHILD_OF.matcher(text).matches()
                || NOBODY.matcher(text).matches()
                || UNREADABLE.matcher(text).matches()
                || LATIN.contains(latin)
                || LATIN.contains(name.given().toLowerCase(Locale.ROOT))
                || LATIN_CHILD_OF.matcher(latin).matches();
    }

    /** The name of the parent in a newborn's. */
    static Optional<String> parent(PersonName name) {
        String text = name.text();
        Matcher chinese = CHILD_OF.matcher(text);
        if (chinese.matches()
                && chinese.group("parent")
                                .codePointCount(0, chinese.group("parent").length())
                        > 1) {
            return Optional.of(chinese.group("parent"));
        }
        Matcher latin = LATIN_CHILD_OF.matcher(text.toLowerCase(Locale.ROOT));
        return latin.matches() ? Optional.of(text.substring(latin.start("parent"))) : Optional.empty();
    }

    /** Whether the name says that the newborn is a twin; 长子 and 次女 only say which child of the parent it is. */
    static boolean saysTwin(PersonName name) {
        return OF_MULTIPLE_BIRTH.matcher(name.text()).matches();
    }
}

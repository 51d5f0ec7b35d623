package org.countyhub.fhir.identity;

import java.util.Set;
import java.util.stream.Collectors;

/** Where a surname ends in a Chinese name that was written in one piece. */
final class Surnames {
    /** The surnames of nine people in ten, and their traditional forms. */
    private static final Set<Integer> SINGLE =
            """
            王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪\
            范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤洪傅康施牛樊葛邢庄翁柯苗鲁岳骆齐庞殷\
            倪伍阮兰俞祝耿聂章焦翟柴詹凌霍尤涂蒲练裴池冉饶褚娄甘梅盛童季舒游颜欧翁窦纪涂卓巫霍简温丘鲍缪蓝\
            張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇魏呂盧鍾譚陸賈韋鄒閻龍賀顧龔萬錢嚴湯莊魯駱齊龐蘭聶顏歐紀簡溫繆藍\
            """.codePoints().filter(c -> c > ' ').boxed().collect(Collectors.toUnmodifiableSet());

    /** Compound surnames (复姓) whose first character is hardly ever a surname of its own. */
    private static final Set<String> COMPOUND = Set.of(
            "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐", "端木", "长孙", "長孫", "宇文",
            "司徒", "司空", "司寇", "轩辕", "軒轅", "独孤", "獨孤", "南宫", "南宮", "东方", "東方", "东郭", "東郭", "西门", "西門", "百里", "呼延", "完颜",
            "完顏", "闻人", "聞人", "太史", "申屠", "赫连", "赫連", "澹台", "澹臺", "公冶", "公羊", "濮阳", "濮陽", "淳于", "单于", "單于", "太叔", "仲孙",
            "仲孫", "鲜于", "鮮于", "闾丘", "閭丘", "拓跋", "第五", "左丘");

    /** Compound surnames that may also be a common surname and the first character of a given name: 夏侯杰. */
    private static final Set<String> DOUBTFUL =
            Set.of("夏侯", "钟离", "鍾離", "万俟", "萬俟", "梁丘", "段干", "乐正", "樂正", "宗政", "谷梁", "羊舌");

    private static final int CHARACTERS_OF_LONGEST = 4;

    /** Tibetan given names without surname that begin like a Chinese one. */
    private static final Set<String> NOT_SPLIT = Set.of("罗布", "羅布", "白玛", "白瑪");

    private Surnames() {}

    /**
     * How many characters the surname has; 0 where the name, of Chinese characters only, could be read in more than one way
     * or begins with no surname that is known.
     */
    static int charactersOfSurname(String name) {
        int length = name.codePointCount(0, name.length());
        if (length < 2 || length > CHARACTERS_OF_LONGEST || NOT_SPLIT.contains(name)) {
            return 0;
        }
        String firstTwo = name.substring(0, name.offsetByCodePoints(0, 2));
        if (COMPOUND.contains(firstTwo)) {
            return length > 2 ? 2 : 0;
        }
        if (DOUBTFUL.contains(firstTwo)) {
            return length == CHARACTERS_OF_LONGEST ? 2 : 0;
        }
        return length < CHARACTERS_OF_LONGEST && SINGLE.contains(name.codePointAt(0)) ? 1 : 0;
    }
}

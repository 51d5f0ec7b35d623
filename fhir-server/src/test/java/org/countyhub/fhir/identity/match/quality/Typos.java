package org.countyhub.fhir.identity.match.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.sourceforge.pinyin4j.PinyinHelper;
import org.jspecify.annotations.Nullable;

/** What goes wrong when Chinese names and numbers are typed. */
final class Typos {
    /** Characters that names are written of, by sound. */
    private static final Map<String, List<Character>> BY_SOUND =
            bySound("伟炜玮纬苇威维薇巍微志智芝治致智建健剑见明铭鸣茗名文雯闻纹华花桦骅国果杰洁捷婕节丽莉利力立俐燕艳彦雁嫣红宏鸿弘洪虹平萍苹萍屏"
                    + "辉晖惠慧卉蕙会军君均俊钧骏峻强墙芳方舫芬峰锋风丰枫凤海涛桃陶林琳霖淋临英瑛颖影莹玲铃灵凌岭龄陵秀绣娟涓佳嘉加家"
                    + "欣新心馨鑫昕雨宇羽语玉瑜育裕梓子紫姿涵寒晗含轩宣萱瑄浩皓昊豪睿瑞锐泽则怡宜依一艺毅逸意义静敬靖晶菁清青庆卿晴诗师思丝斯"
                    + "晨辰宸臣陈城成诚承程晓小筱潇霄阳洋扬杨勇永咏涌超朝潮斌彬滨兵冰波博柏龙隆珑荣容蓉溶融云芸耘霞侠春椿椿贵桂生胜声升盛"
                    + "王汪林李黎张章刘留陈程黄皇吴武郑正徐许余于俞蔡彩叶业曾增苏素洪宏廖辽邱丘秋傅付富肖萧");

    /** Pairs that are taken for one another by eye. */
    private static final String[] LOOKALIKES = {
        "伟炜", "炜玮", "辉晖", "末未", "娟涓", "清请", "清晴", "泽择", "陈阵", "杨扬", "玲铃", "玲伶", "峰锋", "婷停", "浩皓",
        "红江", "国囯", "天夭", "土士", "莹萤", "榕容", "珊姗", "颖颍", "琪棋", "琳淋", "波坡", "凯铠", "诚城", "福幅", "财材",
        "珠株", "娇骄", "惠慧", "思恩", "宇字", "芳芬", "林材", "刘则", "郑邓", "徐除", "何河", "苏办", "梅海", "萍苹", "洋详",
        "铭洺", "怡治", "彬杉", "滨宾", "钰珏", "昊吴", "贤坚", "秋和", "丹舟", "斌赋", "香番", "彤彬", "睿浚", "梓样", "涵函"
    };

    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private Typos() {}

    /** Another character of the same sound, or the same one where none is known. */
    static char homophone(char c, RandomGenerator random) {
        List<Character> same = BY_SOUND.getOrDefault(sound(c), List.of(c)).stream()
                .filter(other -> other != c)
                .toList();
        return same.isEmpty() ? c : same.get(random.nextInt(same.size()));
    }

    /** A character that looks like it, or the same one where none is known. */
    static char lookalike(char c, RandomGenerator random) {
        List<Character> alike = new ArrayList<>();
        for (String pair : LOOKALIKES) {
            int at = pair.indexOf(c);
            if (at >= 0) {
                alike.add(pair.charAt(1 - at));
            }
        }
        return alike.isEmpty() ? c : alike.get(random.nextInt(alike.size()));
    }

    /** Of the resident ID, by ISO 7064 MOD 11-2. */
    static char checkCharacter(String digits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (digits.charAt(i) - '0');
        }
        return "10X98765432".charAt(sum % 11);
    }

    private static String sound(char c) {
        String @Nullable [] readings = PinyinHelper.toHanyuPinyinStringArray(c);
        return readings == null ? String.valueOf(c) : readings[0].replaceAll("[0-9]", "");
    }

    private static Map<String, List<Character>> bySound(String characters) {
        Map<String, List<Character>> bySound = new HashMap<>();
        characters.chars().distinct().forEach(c -> bySound.computeIfAbsent(sound((char) c), sound -> new ArrayList<>())
                .add((char) c));
        return bySound;
    }
}

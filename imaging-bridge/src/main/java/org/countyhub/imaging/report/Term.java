package org.countyhub.imaging.report;

import org.countyhub.imaging.render.Language;

/** The words around a report. */
enum Term {
    REPORT("Report of an examination", "检查报告"),
    NAME("Name", "姓名"),
    SEX("Sex", "性别"),
    AGE("Age", "年龄"),
    BORN("Birth date", "出生日期"),
    EXAMINED("Examined on", "检查日期"),
    MODALITY("Modality", "检查类型"),
    ACCESSION("Accession number", "检查号"),
    STATUS("Status", "报告状态"),
    FINAL("final", "已签发"),
    AMENDED("amended", "已修改"),
    CORRECTED("corrected", "已更正"),
    APPENDED("appended", "已补充"),
    AMENDED_NOTE(
            "Amended: this report was changed after it was first issued. This version replaces the earlier one.",
            "修改报告：本报告签发后作过修改，以此版本为准。"),
    CORRECTED_NOTE(
            "Correction: there was an error in the report as it was first issued. This version replaces the earlier one.",
            "更正报告：原报告有误，签发后已更正，以此版本为准。"),
    APPENDED_NOTE("Addition: something was added to this report after it was first issued.", "补充报告：本报告签发后有补充内容。"),
    TEXT("Text of the report", "报告内容"),
    CONCLUSION("Conclusion", "结论"),
    NO_TEXT("The report has no text.", "报告没有文字内容。"),
    DOCUMENTS(
            "The hospital has put in a document of its own; open it on the page of the cloud film.",
            "医院另附有报告文档，请在云胶片页面打开。"),
    PERFORMERS("Reported by", "报告人"),
    ISSUED("Issued", "签发时间"),
    MISSING("□ stands for what is not in the font: ", "□ 代表字库中没有的字："),
    COPY(
            "Copy from the cloud film of the county hub, made on %s. It shows the report as it stood then.",
            "本文件是县域健康信息枢纽云胶片的副本，生成于 %s，内容为当时已签发的报告。");

    private final String english;
    private final String chinese;

    Term(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    String in(Language language) {
        return language.of(english, chinese);
    }
}

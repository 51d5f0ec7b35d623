package org.countyhub.imaging.ecg;

import org.countyhub.imaging.render.Language;

/** The words around the traces. */
enum Term {
    ECG("ECG", "心电图"),
    ID("ID", "编号"),
    ID_IN_RECORDING("ID in the recording", "记录中的编号"),
    BORN("born", "出生"),
    RECORDED("Recorded", "采集时间"),
    TIME_UNKNOWN("time of recording not stated", "未注明采集时间"),
    ACCESSION("accession no.", "检查号"),
    FROM_RR("from RR", "由 RR 换算"),
    MEASURED("Stated by the device", "设备给出"),
    NOT_MEASURED("no measurements stated", "未给出测量值"),
    STATEMENTS("Statements of the device, not a diagnosis", "设备提示（非诊断）"),
    FILTERS("Filters", "滤波"),
    NOTCH("notch", "陷波"),
    OFF("off", "关"),
    NOT_STATED("not stated", "未注明"),
    DIFFERENT("differ between leads", "各导联不同"),
    LOW_CUT("high-pass", "高通"),
    HIGH_CUT("low-pass", "低通"),
    SECONDS_OF("of", "/ 共"),
    LEAVES("A trace leaves the drawing: choose a lower gain.", "有波形超出绘图区，请减小增益。"),
    NOT_SIMULTANEOUS("columns follow one another in time", "各列在时间上先后相接"),
    SPEED("paper speed", "走纸速度"),
    GAIN("gain", "增益"),
    LEADS("leads", "导联"),
    CALIBRATION("calibration 1 mV, 200 ms", "定标 1 mV，200 ms"),
    HEART_RATE("Heart rate", "心率"),
    P_AXIS("P axis", "P 电轴"),
    QRS_AXIS("QRS axis", "QRS 电轴"),
    T_AXIS("T axis", "T 电轴");

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

package org.countyhub.bench.county;

import java.util.Locale;

/** The scope in which a laboratory's or department's results are recognised, widest first. */
public enum Mark {
    NATIONAL("全国互认"),
    PROVINCE("闽HR"),
    CITY("泉州HR"),
    COUNTY("医共体互认");

    private final String display;

    Mark(String display) {
        this.display = display;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String display() {
        return display;
    }
}

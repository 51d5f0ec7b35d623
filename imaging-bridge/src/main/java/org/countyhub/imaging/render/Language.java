package org.countyhub.imaging.render;

/** In which language the words around something are; what it says itself stays as it is. */
public enum Language {
    EN,
    ZH;

    /** Words that are there in both languages. */
    public String of(String english, String chinese) {
        return switch (this) {
            case EN -> english;
            case ZH -> chinese;
        };
    }

    /** As BCP 47 names it. */
    public String tag() {
        return of("en", "zh-CN");
    }
}

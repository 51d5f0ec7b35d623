package org.countyhub.fhir.identity.match.names;

/** How much two names are alike, from most to least. */
public enum Likeness {
    /** The same after folding. */
    EQUAL,
    /** The same with surname and given name the other way round, other spaces, or only the leading parts of a name with “·”. */
    VARIANT,
    /** Other characters of the same sound, or a Chinese name against its pinyin. */
    HOMOPHONE,
    /** One part the same, the other a slip or a character of similar shape. */
    SIMILAR,
    /** One part the same, the other missing. */
    PART,
    /** A Chinese name with another character among the given names, or slips in both parts. */
    LOOSE,
    /** Given names the same, or a slip apart in letters; surnames different. */
    GIVEN,
    /** Surnames the same, or a slip apart in letters; given names different. */
    FAMILY,
    DIFFERENT,
    /** One has no name. */
    MISSING
}

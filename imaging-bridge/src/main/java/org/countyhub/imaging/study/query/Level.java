package org.countyhub.imaging.study.query;

/** What a query is about (PS3.4 section C.6.1.1, C.6.2.1). */
public enum Level {
    PATIENT,
    STUDY,
    SERIES,
    IMAGE
}

package org.countyhub.bench.county;

/** What a hospital reports: the four kinds the hub recognises between hospitals. */
public enum ReportKind {
    LABORATORY,
    IMAGING,
    ELECTROCARDIOGRAM,
    PATHOLOGY
}

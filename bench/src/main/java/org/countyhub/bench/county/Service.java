package org.countyhub.bench.county;

/** What a department does. */
public enum Service {
    CLINIC,
    LABORATORY,
    RADIOLOGY,
    ULTRASOUND,
    ELECTROCARDIOGRAPHY,
    PATHOLOGY
}

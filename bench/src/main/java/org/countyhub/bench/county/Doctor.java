package org.countyhub.bench.county;

/**
 * Someone who orders or signs; {@code id} is the fixed id of the Practitioner resource.
 *
 * @param licence the fifteen-digit practice certificate
 * @param title such as 主任医师
 */
public record Doctor(String id, PersonName name, Sex sex, String licence, String title, Department department) {}

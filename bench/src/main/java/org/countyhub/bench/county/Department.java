package org.countyhub.bench.county;

/** A part of a hospital; {@code id} is the fixed id of its Organization resource. */
public record Department(String id, String name, Service service) {}

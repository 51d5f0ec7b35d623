package org.countyhub.imaging.dicom.net;

/** An application entity that the hub may call. */
public record Remote(String aeTitle, String host, int port, boolean tls) {}

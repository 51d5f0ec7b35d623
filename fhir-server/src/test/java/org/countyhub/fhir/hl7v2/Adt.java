package org.countyhub.fhir.hl7v2;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A message of a hospital's system, put together field by field. */
record Adt(
        String event,
        String id,
        String facility,
        String version,
        String charset,
        String time,
        String pid,
        String rest) {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Of hospital HD, in UTF-8, recorded on 1 June 2025 at 08:30. */
    static Adt of(String event, String pid) {
        return new Adt(event, "M" + COUNT.incrementAndGet(), "HD", "2.5.1", "UNICODE UTF-8", "20250601083000", pid, "");
    }

    /** A man of that number and name, with more fields of PID after the sex. */
    static Adt man(String event, String number, String name, String more) {
        return of(event, "PID|1||" + number + "^^^HDHIS^PI||" + name + "||19800101|M" + more);
    }

    static Adt merge(String surviving, String merged) {
        return of("A40", "PID|1||" + surviving + "^^^HDHIS^PI").with("MRG|" + merged + "^^^HDHIS^PI");
    }

    Adt at(String time) {
        return new Adt(event, id, facility, version, charset, time, pid, rest);
    }

    Adt with(String segment) {
        return new Adt(event, id, facility, version, charset, time, pid, rest + segment + "\r");
    }

    Adt in(String version) {
        return new Adt(event, id, facility, version, charset, time, pid, rest);
    }

    Adt declaring(String charset) {
        return new Adt(event, id, facility, version, charset, time, pid, rest);
    }

    Adt from(String facility) {
        return new Adt(event, id, facility, version, charset, time, pid, rest);
    }

    Adt identified(String id) {
        return new Adt(event, id, facility, version, charset, time, pid, rest);
    }

    String text() {
        return "MSH|^~\\&|HIS|" + facility + "|HUB|COUNTY|20250601083001||ADT^" + event + "|" + id + "|P|" + version
                + "||||||" + charset + "\rEVN|" + event + "|" + time + "\r" + pid + "\r" + rest;
    }

    byte[] bytes() {
        return text().getBytes(charset.contains("UTF-8") ? StandardCharsets.UTF_8 : Charset.forName("GB18030"));
    }
}

package org.countyhub.imaging.dicom.net;

import java.util.concurrent.atomic.LongAdder;

/** What happened to association requests since the start. */
final class Counters {
    final LongAdder accepted = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder limited = new LongAdder();
}

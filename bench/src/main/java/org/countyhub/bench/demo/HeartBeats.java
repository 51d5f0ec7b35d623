package org.countyhub.bench.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.countyhub.bench.dicom.Attributes;

/** Ten seconds of a normal heart in twelve leads: each wave a bell, its height by lead; as a DICOM waveform (PS3.3 section C.10.9). */
final class HeartBeats {
    static final int SAMPLES_A_SECOND = 500;
    static final int SECONDS = 10;

    private static final double BEATS_A_MINUTE = 72;
    /** When the waves P, Q, R, S and T peak, and how wide they are, in seconds from the peak of R. */
    private static final double[] WHEN = {-0.165, -0.025, 0, 0.027, 0.27};

    private static final double[] WIDTH = {0.022, 0.008, 0.010, 0.010, 0.045};

    /**
     * A lead.
     *
     * @param code of CID 3001, coding scheme MDC
     * @param microvolts of its waves P, Q, R, S and T; empty where it follows from leads I and II
     */
    private record Lead(String label, String code, List<Integer> microvolts) {
        static Lead of(String label, String code, Integer... microvolts) {
            return new Lead(label, code, List.of(microvolts));
        }
    }

    private static final List<Lead> LEADS = List.of(
            Lead.of("I", "2:1", 80, -40, 650, -110, 180),
            Lead.of("II", "2:2", 130, -60, 1_100, -180, 290),
            Lead.of("III", "2:61"),
            Lead.of("aVR", "2:62"),
            Lead.of("aVL", "2:63"),
            Lead.of("aVF", "2:64"),
            Lead.of("V1", "2:3", 50, 0, 220, -850, -60),
            Lead.of("V2", "2:4", 60, 0, 420, -1_200, 380),
            Lead.of("V3", "2:5", 60, 0, 800, -800, 420),
            Lead.of("V4", "2:6", 70, -50, 1_350, -420, 400),
            Lead.of("V5", "2:7", 70, -70, 1_300, -200, 330),
            Lead.of("V6", "2:8", 70, -80, 1_000, -90, 260));

    private HeartBeats() {}

    /** The item of the WaveformSequence. */
    static Attributes waveform() {
        return new Attributes()
                .text(0x0018_1068, "DS", "0")
                .text(0x003A_0004, "CS", "ORIGINAL")
                .number(0x003A_0005, "US", LEADS.size())
                .number(0x003A_0010, "UL", SECONDS * SAMPLES_A_SECOND)
                .text(0x003A_001A, "DS", Integer.toString(SAMPLES_A_SECOND))
                .text(0x003A_0020, "SH", "RHYTHM")
                .items(0x003A_0200, LEADS.stream().map(HeartBeats::channel).toArray(Attributes[]::new))
                .number(0x5400_1004, "US", 16)
                .text(0x5400_1006, "CS", "SS")
                .bytes(0x5400_1010, "OW", samples());
    }

    private static Attributes channel(Lead lead) {
        return new Attributes()
                .text(0x003A_0203, "SH", lead.label)
                .items(0x003A_0208, code(lead.code, "MDC", "Lead " + lead.label))
                .text(0x003A_0210, "DS", "1")
                .items(0x003A_0211, code("uV", "UCUM", "microvolt"))
                .text(0x003A_0212, "DS", "1")
                .text(0x003A_0213, "DS", "0")
                .text(0x003A_0215, "DS", "0")
                .number(0x003A_021A, "US", 16)
                .text(0x003A_0220, "DS", "0.05")
                .text(0x003A_0221, "DS", "150");
    }

    private static Attributes code(String value, String scheme, String meaning) {
        return new Attributes()
                .text(0x0008_0100, "SH", value)
                .text(0x0008_0102, "SH", scheme)
                .text(0x0008_0104, "LO", meaning);
    }

    private static byte[] samples() {
        ByteBuffer samples = ByteBuffer.allocate(2 * LEADS.size() * SECONDS * SAMPLES_A_SECOND)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SECONDS * SAMPLES_A_SECOND; i++) {
            double seconds = (double) i / SAMPLES_A_SECOND;
            double one = volts(LEADS.get(0), seconds);
            double two = volts(LEADS.get(1), seconds);
            for (Lead lead : LEADS) {
                double volts =
                        switch (lead.label) {
                            case "III" -> two - one;
                            case "aVR" -> -(one + two) / 2;
                            case "aVL" -> one - two / 2;
                            case "aVF" -> two - one / 2;
                            default -> volts(lead, seconds);
                        };
                samples.putShort((short) Math.round(volts));
            }
        }
        return samples.array();
    }

    private static double volts(Lead lead, double seconds) {
        double period = 60 / BEATS_A_MINUTE;
        // Half a beat before the first R and behind it, so that no wave is cut in two.
        double fromR = (seconds + period * 0.6) % period - period * 0.4;
        double sum = 0;
        for (int wave = 0; wave < WHEN.length; wave++) {
            double distance = (fromR - WHEN[wave]) / WIDTH[wave];
            sum += lead.microvolts.get(wave) * Math.exp(-distance * distance / 2);
        }
        return sum;
    }
}

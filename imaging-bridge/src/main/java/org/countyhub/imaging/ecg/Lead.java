package org.countyhub.imaging.ecg;

/**
 * One lead over the time that is looked at.
 *
 * @param name as it is written beside the trace, such as {@code aVR}
 * @param status what ChannelStatus says of it; empty where it says nothing but OK
 * @param frequency samples a second
 * @param start when the first sample was taken, in seconds from the beginning of the recording
 * @param millivolts the samples; NaN where there is a gap
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes the samples
public record Lead(String name, String status, double frequency, double start, float[] millivolts, Filters filters) {
    /** When a sample was taken, in seconds from the beginning of the recording. */
    double time(int sample) {
        return start + sample / frequency;
    }
}

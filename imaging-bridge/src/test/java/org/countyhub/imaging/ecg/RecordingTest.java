package org.countyhub.imaging.ecg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.countyhub.imaging.dicom.Dataset;
import org.countyhub.imaging.dicom.Element;
import org.countyhub.imaging.dicom.Tag;
import org.countyhub.imaging.dicom.Vr;
import org.countyhub.kernel.ProblemException;
import org.junit.jupiter.api.Test;

/** From a data set to leads in millivolts, PS3.3 section C.10.9. */
class RecordingTest {
    private static Recording read(Dataset dataset) {
        return read(dataset, 0, 0, 10);
    }

    private static Recording read(Dataset dataset, int group, double offset, double seconds) {
        try {
            return Recording.read(dataset, group, offset, seconds, Ecgs.NOTHING_LARGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dataset.Builder group(short... samples) {
        return Ecgs.group(List.of(Ecgs.channel("II").build()), samples);
    }

    private static Recording of(Dataset.Builder group) {
        return read(Ecgs.of(group.build()).build());
    }

    private static void refused(Dataset.Builder group, String place) {
        refused(Ecgs.of(group.build()).build(), place);
    }

    private static void refused(Dataset dataset, String place) {
        assertThatThrownBy(() -> read(dataset)).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(
                        e.problem().faults().getFirst().expression())
                .isEqualTo(place));
    }

    @Test
    void sensitivityCorrectionAndBaselineMakeMillivolts() {
        Dataset channel = Ecgs.channel("II")
                .set(Tag.ChannelSensitivityCorrectionFactor, Vr.DS, "1.5")
                .set(Tag.ChannelBaseline, Vr.DS, "-250")
                .build();
        Lead lead = read(Ecgs.of(Ecgs.group(List.of(channel), (short) 100, (short) -100)
                                .build())
                        .build())
                .leads()
                .getFirst();
        assertThat(lead.millivolts()).containsExactly(1.25f, -1.75f);
    }

    @Test
    void unitsAreThoseOfUcum() {
        for (String[] unit : new String[][] {{"V", "1e4"}, {"mV", "10"}, {"uV", "0.01"}, {"nV", "0.00001"}}) {
            Dataset channel = Ecgs.channel("II")
                    .set(
                            Tag.ChannelSensitivityUnitsSequence,
                            List.of(Dataset.builder()
                                    .set(Tag.CodeValue, Vr.SH, unit[0])
                                    .build()))
                    .build();
            Lead lead = read(Ecgs.of(Ecgs.group(List.of(channel), (short) 1, (short) 0)
                                    .build())
                            .build())
                    .leads()
                    .getFirst();
            assertThat(lead.millivolts()[0]).as(unit[0]).isEqualTo(Float.parseFloat(unit[1]));
        }
    }

    @Test
    void samplesAreWrittenInManyWays() {
        byte[] bytes = {1, (byte) 0xFF, 0, (byte) 0x80, 2, 0, 0, 0};
        check("SB", 8, bytes, 0.01f, -0.01f, 0, -1.28f, 0.02f, 0, 0, 0);
        check("UB", 8, bytes, 0.01f, 2.55f, 0, 1.28f, 0.02f, 0, 0, 0);
        check("SS", 16, bytes, -2.55f, -327.68f, 0.02f, 0);
        check("US", 16, bytes, 652.81f, 327.68f, 0.02f, 0);
        check("SL", 32, bytes, (float) (0x8000FF01 * 0.01), 0.02f);
        check("UL", 32, bytes, (float) (0x8000FF01L * 0.01), 0.02f);
    }

    private static void check(String interpretation, int bits, byte[] bytes, float... millivolts) {
        Recording read = of(group((short) 0)
                .set(Tag.WaveformSampleInterpretation, Vr.CS, interpretation)
                .set(Tag.WaveformBitsAllocated, bits)
                .set(Ecgs.samples(bytes.length * 8L / bits))
                .set(new Element.Bytes(Tag.WaveformData, Vr.OB, bytes)));
        assertThat(read.leads().getFirst().millivolts()).as(interpretation).containsExactly(millivolts);
    }

    @Test
    void anOddNumberOfBytesIsPadded() {
        Recording read = of(group((short) 0)
                .set(Tag.WaveformSampleInterpretation, Vr.CS, "SB")
                .set(Tag.WaveformBitsAllocated, 8)
                .set(Ecgs.samples(3))
                .set(new Element.Bytes(Tag.WaveformData, Vr.OB, new byte[] {1, 2, 3, 0})));
        assertThat(read.leads().getFirst().millivolts()).hasSize(3);
    }

    @Test
    void paddingIsAGap() {
        byte[] padding = ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(Short.MIN_VALUE)
                .array();
        short none = Short.MIN_VALUE;
        Dataset dataset = Ecgs.of(group((short) 1, (short) 2, none, none, (short) 3, none, (short) 4)
                        .set(new Element.Bytes(Tag.WaveformPaddingValue, Vr.OW, padding))
                        .build())
                .build();
        List<List<Drawing.Point>> segments =
                Ecgs.draw(dataset, Presentation.USUAL).leads().getFirst().segments();
        assertThat(segments.stream().map(List::size)).containsExactly(2, 2, 2);
        assertThat(segments.get(1).get(0)).isEqualTo(segments.get(1).get(1));
    }

    @Test
    void leadsAreCalledByTheirCodes() {
        String[][] codes = {
            {"SCPECG", "5.6.3-9-1", "I"},
            {"SCPECG", "5.6.3-9-61", "III"},
            {"SCPECG", "5.6.3-9-3", "V1"},
            {"MDC", "2:2", "II"},
            {"MDC", "2:62", "aVR"},
            {"MDC", "2:8", "V6"},
            {"99ABC", "5.6.3-9-1", "Lead aVF"},
            {"99ABC", "X", "lead avf (Goldberger)"},
        };
        List<String> names = new ArrayList<>();
        for (String[] code : codes) {
            Dataset channel = Ecgs.channel("")
                    .set(
                            Tag.ChannelSourceSequence,
                            List.of(Dataset.builder()
                                    .set(Tag.CodingSchemeDesignator, Vr.SH, code[0])
                                    .set(Tag.CodeValue, Vr.SH, code[1])
                                    .set(Tag.CodeMeaning, Vr.LO, code[2])
                                    .build()))
                    .build();
            names.add(LeadName.of(channel, 1));
        }
        assertThat(names).containsExactly("I", "III", "V1", "II", "aVR", "V6", "aVF", "aVF");
        assertThat(LeadName.of(Dataset.EMPTY, 7)).isEqualTo("#7");
    }

    @Test
    void skewMovesAChannel() {
        List<Dataset> channels = List.of(
                Ecgs.channel("I").set(Tag.ChannelSampleSkew, Vr.DS, "0.5").build(),
                Ecgs.channel("II")
                        .set(Tag.ChannelTimeSkew, Vr.DS, "0.002")
                        .set(Tag.ChannelOffset, Vr.DS, "0.01")
                        .build());
        Recording read = of(Ecgs.group(channels, new short[20]));
        assertThat(read.leads().get(0).start()).isEqualTo(0.005);
        assertThat(read.leads().get(1).start()).isEqualTo(0.012);
    }

    /** A device that has three leads at a time, and one over the whole time. */
    @Test
    void groupsThatFollowOneAnotherAreOneRecording() {
        Dataset first = group(new short[250]).build();
        Dataset second = Ecgs.group(List.of(Ecgs.channel("V1").build()), new short[250])
                .set(Tag.MultiplexGroupTimeOffset, Vr.DS, "2500")
                .build();
        Dataset rhythm = group(new short[500]).build();
        Dataset median = Ecgs.group(List.of(Ecgs.channel("V2").build()), new short[900])
                .set(Tag.WaveformOriginality, Vr.CS, "DERIVED")
                .build();
        Dataset dataset = Ecgs.of(first, second, rhythm, median).build();
        Recording read = read(dataset);
        assertThat(read.total()).isEqualTo(5);
        assertThat(read.leads().stream().map(Lead::name)).containsExactly("II", "V1");
        assertThat(read.leads().get(0).millivolts()).hasSize(500);
        assertThat(read.leads().get(1).start()).isEqualTo(2.5);
        assertThat(read(dataset, 4, 0, 10).leads().getFirst().name()).isEqualTo("V2");
        assertThatThrownBy(() -> read(dataset, 5, 0, 10)).hasMessageContaining("group");
    }

    @Test
    void ofALongRecordingOnlyTheAskedPartIsRead() throws IOException {
        long samples = 24L * 3_600 * 100;
        Dataset holter = Ecgs.of(Ecgs.group(
                                List.of(
                                        Ecgs.channel("A").build(),
                                        Ecgs.channel("B").build()),
                                (short) 0,
                                (short) 0)
                        .set(Ecgs.samples(samples))
                        .set(new Element.Bulk(Tag.WaveformData, Vr.OW, 1_000, samples * 4))
                        .build())
                .build();
        Recording read = Recording.read(holter, 0, 3_600, 10, (value, position, length) -> {
            assertThat(value.position()).isEqualTo(1_000);
            assertThat(position).isEqualTo(3_600 * 400);
            assertThat(length).isBetween(4_000, 4_008);
            return new byte[length];
        });
        assertThat(read.total()).isEqualTo(86_400);
        assertThat(read.leads().getFirst().time(0)).isEqualTo(3_600);
        assertThatThrownBy(() -> read(holter, 0, 86_400, 10)).hasMessageContaining("86400 seconds long");
    }

    @Test
    void whatIsNotAsItSaysIsRefusedWithItsPlace() {
        String group = "(5400,0100)[0].";
        String channel = group + "(003A,0200)[0].";
        refused(group((short) 1, (short) 2).set(Ecgs.samples(3)), group + "(5400,1010)");
        refused(group((short) 1, (short) 2).set(Ecgs.samples(1)), group + "(5400,1010)");
        refused(group((short) 1).set(Ecgs.samples(0)), group + "(003A,0010)");
        refused(group((short) 1).set(Ecgs.samples(0xFFFFFFFFL)), group + "(5400,1010)");
        refused(group((short) 1).remove(Tag.NumberOfWaveformSamples), group + "(003A,0010)");
        refused(group((short) 1).set(Tag.NumberOfWaveformChannels, 0), group + "(003A,0005)");
        refused(group((short) 1).set(Tag.NumberOfWaveformChannels, 65_535), group + "(003A,0005)");
        refused(group((short) 1).set(Tag.NumberOfWaveformChannels, 2), group + "(003A,0200)");
        refused(group((short) 1).remove(Tag.WaveformData), group + "(5400,1010)");
        refused(group((short) 1).set(new Element.Bulk(Tag.WaveformData, Vr.OW, 0, 0xFFFFFFFEL)), group + "(5400,1010)");
        refused(group((short) 1).set(Tag.WaveformBitsAllocated, 8), group + "(5400,1004)");
        refused(group((short) 1).set(Tag.WaveformSampleInterpretation, Vr.CS, "MB"), group + "(5400,1006)");
        for (String frequency : List.of("0", "-100", "1e9", "NaN", "Infinity", "1e999", "fast", "")) {
            refused(group((short) 1).set(Tag.SamplingFrequency, Vr.DS, frequency), group + "(003A,001A)");
        }
        for (String sensitivity : List.of("0", "", "NaN", "x")) {
            refused(
                    Ecgs.group(
                            List.of(Ecgs.channel("II")
                                    .set(Tag.ChannelSensitivity, Vr.DS, sensitivity)
                                    .build()),
                            (short) 1),
                    channel + "(003A,0210)");
        }
        refused(
                Ecgs.group(
                        List.of(Ecgs.channel("II")
                                .set(Tag.ChannelSensitivityCorrectionFactor, Vr.DS, "0")
                                .build()),
                        (short) 1),
                channel + "(003A,0212)");
        refused(
                Ecgs.group(
                        List.of(Ecgs.channel("II")
                                .set(
                                        Tag.ChannelSensitivityUnitsSequence,
                                        List.of(Dataset.builder()
                                                .set(Tag.CodeValue, Vr.SH, "mm[Hg]")
                                                .build()))
                                .build()),
                        (short) 1),
                channel + "(003A,0211)");
        refused(
                Ecgs.group(
                        List.of(Ecgs.channel("II")
                                .set(Tag.ChannelTimeSkew, Vr.DS, "1e300")
                                .build()),
                        (short) 1),
                channel + "(003A,0218)");
        refused(Dataset.EMPTY, "(5400,0100)");
        refused(
                Dataset.builder()
                        .set(Tag.WaveformSequence, Collections.nCopies(17, Dataset.EMPTY))
                        .build(),
                "(5400,0100)");
    }

    @Test
    void moreSamplesThanADrawingHasAreNotRead() {
        Dataset[] channels = new Dataset[64];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = Ecgs.channel("E" + i).build();
        }
        long samples = 1_000_000;
        Dataset.Builder group = Ecgs.group(List.of(channels), new short[64])
                .set(Tag.SamplingFrequency, Vr.DS, "50000")
                .set(Ecgs.samples(samples))
                .set(new Element.Bulk(Tag.WaveformData, Vr.OW, 0, samples * 128));
        refused(group, "(5400,0100)[0].(5400,1010)");
    }
}

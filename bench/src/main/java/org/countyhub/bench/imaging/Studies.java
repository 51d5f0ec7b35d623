package org.countyhub.bench.imaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.countyhub.bench.county.County;
import org.countyhub.bench.county.Person;
import org.countyhub.bench.dicom.Attributes;
import org.countyhub.bench.dicom.CharacterSet;
import org.countyhub.bench.dicom.Instance;
import org.countyhub.bench.dicom.PixelData;
import org.countyhub.bench.dicom.Tag;
import org.countyhub.bench.dicom.Uid;
import org.countyhub.bench.phantom.ChestPhantom;

/**
 * Made-up studies of one kind, the same for the same name. Half of the patients are written in GB18030, half in UTF-8.
 *
 * @param studies each as a stream of its instances, made one by one
 */
record Studies(String name, List<Study> studies) {
    private static final List<Person> PERSONS = County.of(11, 400).persons();
    private static final int GRAIN = 60;
    private static final LocalDateTime FIRST = LocalDateTime.of(2025, 3, 1, 8, 0);

    /** One study: how many instances and which. */
    record Study(int instances, IntFunction<Instance> instance) {
        Stream<Instance> stream() {
            return IntStream.range(0, instances).mapToObj(instance);
        }
    }

    /** CT of the chest: one series of 512 × 512 slices of 16 bits in each study. */
    static Studies ct(String name, int studies, int slices) {
        return of(name, studies, slices, "CT", "CHEST", "胸部 CT 平扫", Studies::ctSlice);
    }

    /** MR of the head: one series of 256 × 256 slices of 16 bits in each study. */
    static Studies mr(String name, int studies, int slices) {
        return of(name, studies, slices, "MR", "HEAD", "颅脑 MR 平扫", Studies::mrSlice);
    }

    /** Computed radiography: one image of 3000 × 3000 pixels in each study. */
    static Studies cr(String name, int studies) {
        return of(name, studies, 1, "CR", "CHEST", "胸部正位", Studies::crImage);
    }

    /** One radiograph of a chest, with the grain of a detector. */
    static Studies chest(String name) {
        return of(name, 1, 1, "DX", "CHEST", "胸部正位", Studies::chestImage);
    }

    /** One slide of so many tiles, in levels. */
    static Studies slide(String name, int across, int down) {
        StudyHeader header = header(name, 0, "SM", "STOMACH", "胃窦活检 HE");
        List<Instance> levels = SlideStudy.of(header, across, down);
        return new Studies(name, List.of(new Study(levels.size(), levels::get)));
    }

    /** Ultrasound: one loop of JPEG frames in each study. */
    static Studies us(String name, int studies, int frames) {
        return of(
                name,
                studies,
                1,
                "US",
                "HEART",
                "心脏彩超",
                (header, index, seed) -> UltrasoundLoop.instance(header, frames, seed));
    }

    /** One image that is as large as an element may be, all but: 512 × 512 pixels of 16 bits in each frame. */
    static Instance large(String name, int frames) {
        StudyHeader header = header(name, 0, "OT", "CHEST", "大文件");
        Attributes attributes = header.instance(1, 1)
                .text(0x0008_0064, "CS", "WSD")
                .text(Tag.NumberOfFrames, "IS", Integer.toString(frames))
                .text(0x0028_0301, "CS", "NO")
                .text(0x2050_0020, "CS", "IDENTITY");
        image(attributes, 512, 512, 16, false);
        return Instance.of(
                attributes,
                CharacterSet.UTF_8,
                uids(header, 0, Uid.MULTI_FRAME_GRAYSCALE_WORD),
                Uid.EXPLICIT_LITTLE_ENDIAN,
                Optional.of(new PixelData.Native(frames, 2 * 512 * 512, index -> Noise.image(index, 2 * 512 * 512))));
    }

    @FunctionalInterface
    private interface Maker {
        Instance make(StudyHeader header, int index, long seed);
    }

    private static Studies of(
            String name,
            int studies,
            int instances,
            String modality,
            String bodyPart,
            String description,
            Maker maker) {
        List<Study> all = new ArrayList<>();
        for (int i = 0; i < studies; i++) {
            StudyHeader header = header(name, i, modality, bodyPart, description);
            long seed = (long) header.studyUid().hashCode() << 20;
            all.add(new Study(instances, index -> maker.make(header, index, seed + index)));
        }
        return new Studies(name, List.copyOf(all));
    }

    private static StudyHeader header(String name, int study, String modality, String bodyPart, String description) {
        Person person = PERSONS.get(study % PERSONS.size());
        String unique = "bench/" + name + "/" + modality + "/" + study;
        return new StudyHeader(
                unique,
                Uid.of(unique),
                person,
                person.registrations().getFirst(),
                "B%s%05d".formatted(modality, study),
                FIRST.plusMinutes(17L * study),
                modality,
                bodyPart,
                description);
    }

    private static CharacterSet characters(StudyHeader header) {
        return header.person().number() % 2 == 0 ? CharacterSet.GB18030 : CharacterSet.UTF_8;
    }

    static Instance.Uids uids(StudyHeader header, int index, String sopClass) {
        return new Instance.Uids(header.studyUid(), header.seriesUid(1), header.instanceUid(1, index + 1), sopClass);
    }

    private static Instance plain(StudyHeader header, int index, String sopClass, Attributes attributes, byte[] image) {
        return Instance.of(
                attributes,
                characters(header),
                uids(header, index, sopClass),
                Uid.EXPLICIT_LITTLE_ENDIAN,
                Optional.of(PixelData.of(image)));
    }

    private static Instance ctSlice(StudyHeader header, int index, long seed) {
        Attributes attributes = header.instance(1, index + 1)
                .text(0x0018_0022, "CS", "HELICAL MODE")
                .text(Tag.SliceThickness, "DS", "1.25")
                .text(0x0018_0060, "DS", "120")
                .text(0x0018_0090, "DS", "500")
                .text(0x0018_1100, "DS", "350")
                .text(0x0018_1110, "DS", "950")
                .text(0x0018_1120, "DS", "0")
                .text(0x0018_1140, "CS", "CW")
                .text(0x0018_1150, "IS", "700")
                .text(0x0018_1151, "IS", "210")
                .text(0x0018_1152, "IS", "147")
                .text(0x0018_1160, "SH", "BODY")
                .text(0x0018_1210, "SH", "B30f")
                .real(0x0018_9306, "FD", 0.625)
                .real(0x0018_9345, "FD", 8.4)
                .text(Tag.RescaleIntercept, "DS", "-1024")
                .text(Tag.RescaleSlope, "DS", "1")
                .text(0x0028_1054, "LO", "HU")
                .text(Tag.WindowCenter, "DS", "40\\-600")
                .text(Tag.WindowWidth, "DS", "400\\1500");
        slice(attributes, index, 0.68);
        image(attributes, 512, 512, 12, true);
        return plain(header, index, Uid.CT_IMAGE, attributes, Noise.image(seed, 2 * 512 * 512));
    }

    private static Instance mrSlice(StudyHeader header, int index, long seed) {
        Attributes attributes = header.instance(1, index + 1)
                .text(0x0018_0020, "CS", "SE")
                .text(0x0018_0021, "CS", "SK")
                .text(0x0018_0022, "CS", "FS")
                .text(0x0018_0023, "CS", "2D")
                .text(Tag.SliceThickness, "DS", "5")
                .text(0x0018_0080, "DS", "4000")
                .text(0x0018_0081, "DS", "95")
                .text(0x0018_0084, "DS", "63.86")
                .text(0x0018_0085, "SH", "1H")
                .text(0x0018_0087, "DS", "1.5")
                .text(0x0018_0091, "IS", "17")
                .text(0x0018_1314, "DS", "150")
                .text(Tag.WindowCenter, "DS", "1000")
                .text(Tag.WindowWidth, "DS", "1600");
        slice(attributes, index, 0.9);
        image(attributes, 256, 256, 12, true);
        return plain(header, index, Uid.MR_IMAGE, attributes, Noise.image(seed, 2 * 256 * 256));
    }

    private static Instance crImage(StudyHeader header, int index, long seed) {
        Attributes attributes = header.instance(1, index + 1)
                .text(0x0018_0015, "CS", "CHEST")
                .text(0x0018_0060, "DS", "110")
                .text(0x0018_1164, "DS", "0.143\\0.143")
                .text(0x0018_1401, "LO", "THORAX")
                .text(0x0018_5101, "CS", "PA")
                .text(Tag.PixelSpacing, "DS", "0.143\\0.143")
                .text(Tag.WindowCenter, "DS", "1000")
                .text(Tag.WindowWidth, "DS", "1200");
        image(attributes, 3000, 3000, 12, false);
        return plain(header, index, Uid.CR_IMAGE, attributes, Noise.image(seed, 2 * 3000 * 3000));
    }

    private static Instance chestImage(StudyHeader header, int index, long seed) {
        Attributes attributes = header.instance(1, index + 1)
                .text(0x0008_0008, "CS", "ORIGINAL\\PRIMARY")
                .text(0x0008_0068, "CS", "FOR PRESENTATION")
                .text(0x0018_1164, "DS", "0.39\\0.39")
                .text(0x0018_5101, "CS", "PA")
                .text(Tag.WindowCenter, "DS", "2048")
                .text(Tag.WindowWidth, "DS", "4096");
        image(attributes, ChestPhantom.SIZE, ChestPhantom.SIZE, 12, false);
        byte[] pixels = ChestPhantom.picture();
        SplittableRandom random = new SplittableRandom(seed);
        ShortBuffer values =
                ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        for (int i = 0; i < values.limit(); i++) {
            double grained = values.get(i) + GRAIN * random.nextGaussian();
            values.put(i, (short) Math.clamp(grained, 0, 4_095));
        }
        return plain(header, index, Uid.DX_FOR_PRESENTATION, attributes, pixels);
    }

    private static void slice(Attributes attributes, int index, double spacing) {
        attributes
                .text(Tag.ImagePositionPatient, "DS", "-175\\-175\\" + -1.25 * index)
                .text(Tag.ImageOrientationPatient, "DS", "1\\0\\0\\0\\1\\0")
                .text(0x0020_1041, "DS", Double.toString(-1.25 * index))
                .text(Tag.PixelSpacing, "DS", spacing + "\\" + spacing);
    }

    /** The image pixel module of a plain grey image in words of 16 bits. */
    private static void image(Attributes attributes, int rows, int columns, int bits, boolean signed) {
        attributes
                .number(Tag.SamplesPerPixel, "US", 1)
                .text(Tag.PhotometricInterpretation, "CS", "MONOCHROME2")
                .number(Tag.Rows, "US", rows)
                .number(Tag.Columns, "US", columns)
                .number(Tag.BitsAllocated, "US", 16)
                .number(Tag.BitsStored, "US", bits)
                .number(Tag.HighBit, "US", bits - 1)
                .number(Tag.PixelRepresentation, "US", signed ? 1 : 0);
    }
}

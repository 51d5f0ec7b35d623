package org.countyhub.fhir.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.countyhub.fhir.identity.PersonCode.Standing;
import org.jspecify.annotations.Nullable;

/**
 * What a patient says of a person as some hundred bytes: the version of the format, then the fields in the order of {@link
 * Demographics}. Reading it takes a few microseconds, reading the resource again some thirty. Whoever changes what is read
 * out of a Patient changes the version, so that what was kept before is read again.
 */
@SuppressWarnings("EnumOrdinal") // one byte; an order that changes is another version
public final class DemographicsCodec {
    private static final byte VERSION = 1;
    private static final byte MULTIPLE_BIRTH = 2;
    private static final byte PLACEHOLDER = 1;

    /** Nobody has more to say; one that does is read from its resource. */
    private static final int MOST_BYTES = 4_000;

    private static final int MOST_OF_A_LIST = 255;
    private static final Sex[] SEXES = Sex.values();
    private static final Standing[] STANDINGS = Standing.values();

    private DemographicsCodec() {}

    /** The bytes; null for what is too long to be kept twice. */
    public static byte @Nullable [] encode(Demographics said) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(400);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            names(said.names(), out);
            LocalDate birthDate = said.birthDate();
            out.writeInt(birthDate == null ? Integer.MIN_VALUE : Math.toIntExact(birthDate.toEpochDay()));
            out.writeByte(said.sex().ordinal());
            count(said.phones(), out);
            for (String phone : said.phones()) {
                out.writeUTF(phone);
            }
            count(said.addresses(), out);
            for (PostalAddress address : said.addresses()) {
                out.writeUTF(address.text());
                out.writeUTF(address.city());
                out.writeUTF(address.district());
                out.writeUTF(address.state());
                out.writeUTF(address.postalCode());
            }
            names(said.guardians(), out);
            count(said.codes(), out);
            for (PersonCode code : said.codes()) {
                out.writeByte(code.standing().ordinal());
                out.writeUTF(code.system());
                out.writeUTF(code.value());
            }
            out.writeByte((said.placeholder() ? PLACEHOLDER : 0) | (said.multipleBirth() ? MULTIPLE_BIRTH : 0));
            out.writeByte(said.birthOrder());
            String bloodGroup = said.bloodGroup();
            out.writeUTF(bloodGroup == null ? "" : bloodGroup);
        } catch (UTFDataFormatException e) {
            return null; // a text of more than 64 KB
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size() > MOST_BYTES ? null : bytes.toByteArray();
    }

    private static void count(Collection<?> list, DataOutputStream out) throws IOException {
        if (list.size() > MOST_OF_A_LIST) {
            throw new UTFDataFormatException();
        }
        out.writeByte(list.size());
    }

    private static void names(List<PersonName> names, DataOutputStream out) throws IOException {
        count(names, out);
        for (PersonName name : names) {
            out.writeUTF(name.family());
            out.writeUTF(name.given());
        }
    }

    /** What the bytes say; null when there are none or they are of another version. */
    public static @Nullable Demographics decode(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0 || bytes[0] != VERSION) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1))) {
            List<PersonName> names = names(in);
            int birthDate = in.readInt();
            Sex sex = SEXES[in.readByte()];
            LinkedHashSet<String> phones = new LinkedHashSet<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                phones.add(in.readUTF());
            }
            List<PostalAddress> addresses = new ArrayList<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                addresses.add(new PostalAddress(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF()));
            }
            List<PersonName> guardians = names(in);
            List<PersonCode> codes = new ArrayList<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                Standing standing = STANDINGS[in.readByte()];
                codes.add(new PersonCode(in.readUTF(), in.readUTF(), standing));
            }
            byte flags = in.readByte();
            int birthOrder = in.readByte();
            String bloodGroup = in.readUTF();
            return new Demographics(
                    names,
                    birthDate == Integer.MIN_VALUE ? null : LocalDate.ofEpochDay(birthDate),
                    sex,
                    phones,
                    addresses,
                    guardians,
                    codes,
                    (flags & PLACEHOLDER) != 0,
                    (flags & MULTIPLE_BIRTH) != 0,
                    birthOrder,
                    bloodGroup.isEmpty() ? null : bloodGroup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PersonName> names(DataInputStream in) throws IOException {
        List<PersonName> names = new ArrayList<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            names.add(new PersonName(in.readUTF(), in.readUTF()));
        }
        return names;
    }
}

package org.countyhub.bench.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How an association is asked for and granted (PS3.8 sections 9.3.2 and 9.3.3). */
final class Associate {
    static final int REQUEST = 1;
    static final int ACCEPT = 2;
    static final int REJECT = 3;
    static final int ABORT = 7;

    private static final int APPLICATION_CONTEXT = 0x10;
    private static final int PROPOSED_CONTEXT = 0x20;
    private static final int ACCEPTED_CONTEXT = 0x21;
    private static final int ABSTRACT_SYNTAX = 0x30;
    private static final int TRANSFER_SYNTAX = 0x40;
    private static final int USER_INFORMATION = 0x50;
    private static final int MAXIMUM_LENGTH = 0x51;
    private static final int IMPLEMENTATION_CLASS = 0x52;
    private static final int IMPLEMENTATION_VERSION = 0x55;
    /** Protocol version, reserved, both AE titles, reserved. */
    private static final int FIXED_LENGTH = 2 + 2 + 16 + 16 + 32;

    private Associate() {}

    /**
     * What was granted.
     *
     * @param contexts by their ids
     * @param maximumLength of what follows the head of a P-DATA-TF PDU; 0 for any
     */
    record Granted(Map<Integer, Presentation> contexts, int maximumLength) {}

    /** A request that proposes each presentation in a context of its own, numbered 1, 3, 5 and so on. */
    static byte[] request(String calling, String called, List<Presentation> presentations, int maximumLength) {
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        items.writeBytes(item(APPLICATION_CONTEXT, ascii(Uid.APPLICATION_CONTEXT)));
        int id = 1;
        for (Presentation each : presentations) {
            items.writeBytes(item(
                    PROPOSED_CONTEXT,
                    new byte[] {(byte) id, 0, 0, 0},
                    item(ABSTRACT_SYNTAX, ascii(each.sopClassUid())),
                    item(TRANSFER_SYNTAX, ascii(each.transferSyntax()))));
            id += 2;
        }
        items.writeBytes(item(
                USER_INFORMATION,
                item(
                        MAXIMUM_LENGTH,
                        ByteBuffer.allocate(4).putInt(maximumLength).array()),
                item(IMPLEMENTATION_CLASS, ascii(Uid.IMPLEMENTATION_CLASS)),
                item(IMPLEMENTATION_VERSION, ascii(Uid.IMPLEMENTATION_VERSION))));
        byte[] variable = items.toByteArray();
        return ByteBuffer.allocate(6 + FIXED_LENGTH + variable.length)
                .put((byte) REQUEST)
                .put((byte) 0)
                .putInt(FIXED_LENGTH + variable.length)
                .putShort((short) 1)
                .putShort((short) 0)
                .put(title(called))
                .put(title(calling))
                .put(new byte[32])
                .put(variable)
                .array();
    }

    /** What an A-ASSOCIATE-AC grants of those presentations; the PDU without its head. */
    static Granted granted(byte[] body, List<Presentation> presentations) throws AssociationRefused {
        Map<Integer, Presentation> contexts = new HashMap<>();
        int maximumLength = 0;
        try {
            ByteBuffer items = ByteBuffer.wrap(body).position(FIXED_LENGTH).slice();
            while (items.hasRemaining()) {
                int type = items.get();
                items.get();
                ByteBuffer value = items.slice(items.position() + 2, Short.toUnsignedInt(items.getShort()));
                items.position(items.position() + value.capacity());
                if (type == ACCEPTED_CONTEXT && value.get(2) == 0) {
                    int id = Byte.toUnsignedInt(value.get(0));
                    contexts.put(id, presentations.get((id - 1) / 2));
                } else if (type == USER_INFORMATION) {
                    maximumLength = maximumLength(value);
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new AssociationRefused("an A-ASSOCIATE-AC that cannot be read: " + e);
        }
        return new Granted(contexts, maximumLength);
    }

    private static int maximumLength(ByteBuffer information) {
        while (information.hasRemaining()) {
            int type = information.get();
            information.get();
            int length = Short.toUnsignedInt(information.getShort());
            if (type == MAXIMUM_LENGTH) {
                return information.getInt();
            }
            information.position(information.position() + length);
        }
        return 0;
    }

    private static byte[] item(int type, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        return ByteBuffer.allocate(4 + content.size())
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) content.size())
                .put(content.toByteArray())
                .array();
    }

    private static byte[] title(String aeTitle) {
        return ascii("%-16.16s".formatted(aeTitle));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

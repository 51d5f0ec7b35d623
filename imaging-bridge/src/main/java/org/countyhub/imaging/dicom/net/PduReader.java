package org.countyhub.imaging.dicom.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.aoju.bus.image.metric.internal.pdu.AAbort;

/**
 * Reads PDUs whole and looks at their lengths before the toolkit acts on them (PS3.8 section 9.3): it would take 16 MiB for any PDU that
 * claims so, from whoever has connected. Tells the socket where PDUs and messages begin and end, for its deadlines.
 */
final class PduReader extends InputStream {
    private static final int HEADER = 6;
    private static final int ASSOCIATE_RQ = 1;
    private static final int ASSOCIATE_AC = 2;
    private static final int P_DATA = 4;
    private static final int ABORT = 7;
    /** 128 presentation contexts with 40 transfer syntaxes each are 160 KiB. */
    private static final int MAX_ASSOCIATE = 262_144;

    private static final int UNRECOGNIZED_PDU = 1;
    private static final int INVALID_PARAMETER = 6;

    private final InputStream in;
    private final GuardedSocket socket;
    private final int maxData;
    private final CommandScan command = new CommandScan();
    private byte[] pdu = new byte[16_384];
    private int position;
    private int end;
    private boolean insideMessage;

    PduReader(InputStream in, GuardedSocket socket, int maxData) {
        this.in = in;
        this.socket = socket;
        this.maxData = maxData;
    }

    @Override
    public int read() throws IOException {
        return position == end && !next() ? -1 : pdu[position++] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == end && !next()) {
            return -1;
        }
        int count = Math.min(length, end - position);
        System.arraycopy(pdu, position, into, offset, count);
        position += count;
        return count;
    }

    /** Reads the next PDU; false where the connection ends before it. */
    private boolean next() throws IOException {
        position = 0;
        end = 0;
        int type = in.read();
        if (type < 0) {
            return false;
        }
        socket.pduBegun();
        pdu[0] = (byte) type;
        fill(1, HEADER - 1);
        int length = bigEndian(2);
        int most =
                switch (type) {
                    case ASSOCIATE_RQ, ASSOCIATE_AC -> MAX_ASSOCIATE;
                    case P_DATA -> maxData;
                    default -> 4;
                };
        if (type < ASSOCIATE_RQ || type > ABORT) {
            throw refused(UNRECOGNIZED_PDU, "PDU of type " + type);
        }
        if (length < 4 || length > most) {
            throw refused(INVALID_PARAMETER, "PDU of type " + type + " with length " + Integer.toUnsignedLong(length));
        }
        if (HEADER + length > pdu.length) {
            pdu = Arrays.copyOf(pdu, HEADER + length);
        }
        fill(HEADER, length);
        end = HEADER + length;
        if (type == P_DATA) {
            values(length);
        }
        if (type == ASSOCIATE_AC) {
            socket.established();
        }
        socket.pduEnded(insideMessage);
        return true;
    }

    private int bigEndian(int at) {
        return ByteBuffer.wrap(pdu).getInt(at);
    }

    private void fill(int offset, int length) throws IOException {
        if (in.readNBytes(pdu, offset, length) < length) {
            throw new EOFException("connection closed inside a PDU");
        }
    }

    /** Presentation data values (PS3.8 annex E). */
    private void values(int length) throws IOException {
        int at = HEADER;
        while (at < HEADER + length) {
            int left = HEADER + length - at;
            int value = left < 6 ? -1 : bigEndian(at);
            if (value < 2 || value > left - 4) {
                throw refused(INVALID_PARAMETER, "presentation data value with a wrong length");
            }
            int control = pdu[at + 5];
            boolean last = (control & 2) != 0;
            if ((control & 1) == 0) {
                insideMessage = !last;
            } else {
                try {
                    command.feed(pdu, at + 6, value - 2);
                    insideMessage = last ? command.end() : true;
                } catch (IOException e) {
                    throw refused(INVALID_PARAMETER, String.valueOf(e.getMessage()));
                }
            }
            at += 4 + value;
        }
    }

    private AAbort refused(int reason, String why) {
        socket.refused(why);
        return new AAbort(AAbort.UL_SERIVE_PROVIDER, reason);
    }
}

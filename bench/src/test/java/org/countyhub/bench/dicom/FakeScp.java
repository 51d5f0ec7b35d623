package org.countyhub.bench.dicom;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A called side that takes whatever comes, for one association at a time, and remembers the data sets. */
public final class FakeScp implements AutoCloseable {
    private static final int MAXIMUM_LENGTH = 4_096;

    /** What it has received, each with the AE title that sent it. */
    public final List<byte[]> datasets = new CopyOnWriteArrayList<>();

    public final List<String> callers = new CopyOnWriteArrayList<>();
    /** The SOP class that it does not accept. */
    public volatile String refused = "";
    /** What it answers to a C-STORE-RQ; below 0 it aborts. */
    public volatile int status;

    /** Whether it rejects associations. */
    public volatile boolean rejecting;

    volatile int longestPdu;
    volatile boolean released;

    private final ServerSocket socket;

    public FakeScp() {
        try {
            socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        while (!socket.isClosed()) {
            try (Socket peer = socket.accept()) {
                serve(new DataInputStream(peer.getInputStream()), peer.getOutputStream());
            } catch (EOFException e) {
                // The caller has gone.
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(DataInputStream in, OutputStream out) throws IOException {
        byte[] request = pdu(in);
        callers.add(new String(request, 26, 16, StandardCharsets.US_ASCII).strip());
        if (rejecting) {
            out.write(new byte[] {3, 0, 0, 0, 0, 4, 0, 1, 1, 3});
            return;
        }
        out.write(accept(request));
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        ByteArrayOutputStream dataset = new ByteArrayOutputStream();
        while (true) {
            byte[] pdu = pdu(in);
            if (pdu[0] == 5) {
                released = true;
                out.write(new byte[] {6, 0, 0, 0, 0, 4, 0, 0, 0, 0});
                return;
            }
            longestPdu = Math.max(longestPdu, pdu.length - 6);
            boolean isCommand = (pdu[11] & 1) != 0;
            (isCommand ? command : dataset).write(pdu, 12, pdu.length - 12);
            if ((pdu[11] & 2) != 0 && !isCommand) {
                datasets.add(dataset.toByteArray());
                out.write(
                        status < 0
                                ? new byte[] {7, 0, 0, 0, 0, 4, 0, 0, 2, 0}
                                : answer(pdu[10], command.toByteArray()));
                command.reset();
                dataset.reset();
                if (status < 0) {
                    return;
                }
            }
        }
    }

    private static byte[] pdu(DataInputStream in) throws IOException {
        byte[] head = new byte[6];
        in.readFully(head);
        int length = ByteBuffer.wrap(head).getInt(2);
        byte[] pdu = java.util.Arrays.copyOf(head, 6 + length);
        in.readFully(pdu, 6, length);
        return pdu;
    }

    private byte[] accept(byte[] request) {
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        for (byte[] context : contexts(request)) {
            String text = new String(context, StandardCharsets.US_ASCII);
            int result = !refused.isEmpty() && text.contains(refused) ? 3 : 0;
            byte[] syntax = "1.2.840.10008.1.2.1".getBytes(StandardCharsets.US_ASCII);
            items.writeBytes(ByteBuffer.allocate(12 + syntax.length)
                    .put((byte) 0x21)
                    .put((byte) 0)
                    .putShort((short) (8 + syntax.length))
                    .put(new byte[] {context[0], 0, (byte) result, 0, 0x40, 0})
                    .putShort((short) syntax.length)
                    .put(syntax)
                    .array());
        }
        items.writeBytes(ByteBuffer.allocate(12)
                .put(new byte[] {0x50, 0, 0, 8, 0x51, 0, 0, 4})
                .putInt(MAXIMUM_LENGTH)
                .array());
        return ByteBuffer.allocate(74 + items.size())
                .put((byte) 2)
                .put((byte) 0)
                .putInt(68 + items.size())
                .put(request, 6, 68)
                .put(items.toByteArray())
                .array();
    }

    private static List<byte[]> contexts(byte[] request) {
        List<byte[]> contexts = new ArrayList<>();
        ByteBuffer items = ByteBuffer.wrap(request).position(74);
        while (items.hasRemaining()) {
            int type = items.get();
            items.get();
            byte[] value = new byte[Short.toUnsignedInt(items.getShort())];
            items.get(value);
            if (type == 0x20) {
                contexts.add(value);
            }
        }
        return contexts;
    }

    private byte[] answer(int context, byte[] command) {
        short message = 0;
        ByteBuffer elements = ByteBuffer.wrap(command).order(ByteOrder.LITTLE_ENDIAN);
        while (elements.hasRemaining()) {
            int tag = elements.getShort() << 16 | Short.toUnsignedInt(elements.getShort());
            int length = elements.getInt();
            if (tag == 0x0000_0110) {
                message = elements.getShort(elements.position());
            }
            elements.position(elements.position() + length);
        }
        ByteBuffer answer = ByteBuffer.allocate(3 * 10).order(ByteOrder.LITTLE_ENDIAN);
        for (int[] element : new int[][] {{0x0100, 0x8001}, {0x0120, message}, {0x0900, status}}) {
            answer.putShort((short) 0).putShort((short) element[0]).putInt(2).putShort((short) element[1]);
        }
        return ByteBuffer.allocate(12 + 30)
                .put((byte) 4)
                .put((byte) 0)
                .putInt(6 + 30)
                .putInt(2 + 30)
                .put((byte) context)
                .put((byte) 3)
                .put(answer.array())
                .array();
    }
}

package org.osteon.dimse.pdu;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An A-ASSOCIATE-RQ (PS3.8 section 9.3.2).
 *
 * @param version bit 0 is version 1
 * @param called AE title of whom the peer wants
 * @param calling AE title that it claims
 * @param applicationContext must be DICOM's
 * @param contexts what it proposes
 * @param maxLength longest P-DATA that it takes, 0 for no limit
 */
public record AssociateRequest(
    int version,
    String called,
    String calling,
    String applicationContext,
    List<Context> contexts,
    long maxLength) {

  /** Odd numbers up to 255. */
  private static final int MOST_CONTEXTS = 128;

  /**
   * A proposed presentation context.
   *
   * @param id odd, 1 to 255
   * @param abstractSyntax a SOP class
   * @param transferSyntaxes what the peer can send it in
   */
  public record Context(int id, String abstractSyntax, List<String> transferSyntaxes) {}

  public static AssociateRequest parse(byte[] body) throws ProtocolException {
    try {
      ByteBuffer in = ByteBuffer.wrap(body);
      int version = in.getShort();
      in.getShort();
      String called = text(in, 16);
      String calling = text(in, 16);
      in.position(in.position() + 32);
      String application = "";
      List<Context> contexts = new ArrayList<>();
      long maxLength = 0;
      while (in.hasRemaining()) {
        int type = in.get();
        ByteBuffer item = PduItems.next(in);
        if (type == 0x10) {
          application = text(item, item.remaining());
        } else if (type == 0x20) {
          contexts.add(context(item));
          if (contexts.size() > MOST_CONTEXTS) {
            throw new ProtocolException(
                ProtocolException.INVALID_PARAMETER, "More contexts than there are numbers for");
          }
        } else if (type == 0x50) {
          maxLength = PduItems.maxLength(item);
        }
      }
      return new AssociateRequest(version, called, calling, application, contexts, maxLength);
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new ProtocolException(
          ProtocolException.INVALID_PARAMETER, "An A-ASSOCIATE-RQ that contradicts itself");
    }
  }

  /** A-ASSOCIATE-RQ of ours. */
  public static byte[] bytes(String called, String calling, List<Context> contexts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1, 0, 0});
    body.writeBytes(Items.title(called));
    body.writeBytes(Items.title(calling));
    body.writeBytes(new byte[32]);
    body.writeBytes(Items.item(0x10, Items.ascii(Uid.APPLICATION_CONTEXT)));
    for (Context each : contexts) {
      ByteArrayOutputStream context = new ByteArrayOutputStream();
      context.writeBytes(new byte[] {(byte) each.id(), 0, 0, 0});
      context.writeBytes(Items.item(0x30, Items.ascii(each.abstractSyntax())));
      each.transferSyntaxes().forEach(s -> context.writeBytes(Items.item(0x40, Items.ascii(s))));
      body.writeBytes(Items.item(0x20, context.toByteArray()));
    }
    body.writeBytes(Items.item(0x50, Items.userInformation()));
    return Pdu.bytes(Pdu.ASSOCIATE_RQ, body.toByteArray());
  }

  private static Context context(ByteBuffer item) {
    int id = item.get() & 0xFF;
    item.position(item.position() + 3);
    String abstractSyntax = "";
    List<String> transferSyntaxes = new ArrayList<>();
    while (item.hasRemaining()) {
      int type = item.get();
      ByteBuffer inner = PduItems.next(item);
      String uid = text(inner, inner.remaining());
      if (type == 0x30) {
        abstractSyntax = uid;
      } else if (type == 0x40) {
        transferSyntaxes.add(uid);
      }
    }
    return new Context(id, abstractSyntax, transferSyntaxes);
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII).replace('\0', ' ').trim();
  }
}

package org.osteon.image.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.image.DicomFacts;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * A copy of a DICOM file's data set with only what a rule lets through, up to and with its pixels.
 * Encoded as the file is, so that compressed pixels stay as they are; a deflated one is inflated.
 */
public final class DicomCopy {
  private static final int DEEPEST = 16;
  private static final int LONGEST_TEXT = 4096;
  private static final int SQ = 'S' << 8 | 'Q';

  private final ByteArrayOutputStream out;
  private final ByteReader in;
  private final byte[] source;
  private final boolean explicit;
  private final DicomRule rule;

  private DicomCopy(byte[] source, ByteReader in, boolean explicit, DicomRule rule) {
    this.out = new ByteArrayOutputStream(source.length);
    this.source = source;
    this.in = in;
    this.explicit = explicit;
    this.rule = rule;
  }

  /**
   * A copied data set.
   *
   * @param dataSet without preamble and meta header
   * @param transferSyntax in which it is encoded
   */
  @SuppressWarnings("ArrayRecordComponent") // made for the caller
  public record Copied(byte[] dataSet, String transferSyntax) {}

  /** A file whose header cannot be followed up to its pixels: nobody knows what would leave. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(RejectedImageException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Whether bytes are a DICOM file. */
  public static boolean recognises(byte[] file) {
    return DicomFile.recognises(file);
  }

  /**
   * What the header says that is about no person.
   *
   * @throws UnreadableException where it cannot be read
   */
  public static DicomFacts facts(byte[] file, long maxBytes) throws UnreadableException {
    try {
      return DicomHeader.facts(DicomFile.open(file, maxBytes).data());
    } catch (RejectedImageException e) {
      throw new UnreadableException(e);
    }
  }

  /**
   * Copies.
   *
   * @param file Part 10, or a data set
   * @param maxBytes what a deflated one may inflate to
   * @throws UnreadableException where the header cannot be read
   */
  public static Copied of(byte[] file, long maxBytes, DicomRule rule) throws UnreadableException {
    try {
      DicomFile opened = DicomFile.open(file, maxBytes);
      TransferSyntax syntax = opened.syntax();
      byte[] source = file;
      long from = opened.from();
      if (syntax.deflated()) {
        source = inflated(file, from, maxBytes);
        from = 0;
        syntax = TransferSyntax.EXPLICIT_LITTLE;
      }
      ByteReader in = new ByteReader(source, syntax.order());
      boolean explicit = opened.syntax().explicit();
      DicomCopy copy = new DicomCopy(source, in, explicit, rule);
      copy.dataSet(from, source.length, 0);
      // A file that says one syntax and is written in another is named by what it is.
      String uid =
          syntax.coding() == TransferSyntax.Coding.NONE && !explicit
              ? TransferSyntax.IMPLICIT_LITTLE.uid()
              : syntax.uid();
      return new Copied(copy.out.toByteArray(), uid);
    } catch (RejectedImageException e) {
      throw new UnreadableException(e);
    }
  }

  private static byte[] inflated(byte[] file, long from, long maxBytes)
      throws RejectedImageException {
    Inflated inflated = new Inflated(file, Math.toIntExact(from), maxBytes);
    byte[] all = inflated.more();
    while (!inflated.isWhole()) {
      all = inflated.more();
    }
    return all;
  }

  private void dataSet(long from, long end, int depth) throws RejectedImageException {
    DicomElements elements = new DicomElements(in, explicit, from, end);
    SortedMap<Integer, DicomRule.Added> toCome =
        depth == 0 ? new TreeMap<>(rule.added()) : new TreeMap<>();
    for (DicomElement one = elements.header(); one != null; one = elements.header()) {
      long begin = elements.position();
      while (!toCome.isEmpty() && Integer.compareUnsigned(toCome.firstKey(), one.tag()) < 0) {
        add(toCome.firstKey(), toCome.remove(toCome.firstKey()));
      }
      if (one.tag() == DicomTag.PIXEL_DATA && depth == 0) {
        // To the end: that pixels are cut short is for the decoder to say. What lies behind whole
        // ones is left out.
        out.write(source, (int) begin, (int) (behindPixels(elements, one) - begin));
        return;
      }
      if (one.tag() == DicomTag.ITEM_DELIMITATION || one.tag() == DicomTag.SEQUENCE_DELIMITATION) {
        return;
      }
      elements.passOver(one);
      copy(one, begin, elements.position(), depth);
    }
  }

  private void add(int tag, DicomRule.@Nullable Added added) {
    if (added != null) {
      element(tag, added.vr().charAt(0) << 8 | added.vr().charAt(1), added.value());
    }
  }

  private long behindPixels(DicomElements elements, DicomElement pixels) {
    try {
      elements.passOver(pixels);
      return elements.position();
    } catch (RejectedImageException cutShort) {
      return in.length();
    }
  }

  private void copy(DicomElement one, long begin, long end, int depth)
      throws RejectedImageException {
    switch (rule.of(one.tag())) {
      case KEPT -> {
        boolean sequence = one.undefined() || one.vr() == SQ;
        boolean text = one.length() <= LONGEST_TEXT;
        if (!sequence && (!text || rule.kept(one.tag(), text(one)))) {
          out.write(source, (int) begin, (int) (end - begin));
        }
      }
      case REPLACED -> {
        String value = one.undefined() || one.length() > LONGEST_TEXT ? "" : text(one);
        String replaced = rule.replaced(one.tag(), value.replace('\0', ' ').trim());
        if (replaced != null) {
          element(one.tag(), one.vr(), replaced);
        }
      }
      case ITEMS -> items(one, end, depth);
      case LEFT_OUT -> {}
    }
  }

  /** With undefined lengths, so that items need not be measured before they are written. */
  private void items(DicomElement sequence, long end, int depth) throws RejectedImageException {
    if (depth >= DEEPEST || sequence.vr() == DicomElement.UN) {
      return;
    }
    header(sequence.tag(), SQ, 0xFFFF_FFFF);
    long at = sequence.at();
    while (at + 8 <= end) {
      DicomElements each = new DicomElements(in, explicit, at, end);
      DicomElement item = each.header();
      if (item == null || item.tag() != DicomTag.ITEM) {
        break;
      }
      each.passOver(item);
      tagAndLength(DicomTag.ITEM, 0xFFFF_FFFF);
      dataSet(item.at(), item.undefined() ? each.position() : item.at() + item.length(), depth + 1);
      tagAndLength(DicomTag.ITEM_DELIMITATION, 0);
      at = each.position();
    }
    tagAndLength(DicomTag.SEQUENCE_DELIMITATION, 0);
  }

  private String text(DicomElement one) throws RejectedImageException {
    return new String(in.bytes(one.at(), one.length()), StandardCharsets.ISO_8859_1);
  }

  private void element(int tag, int vr, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    byte[] padded = Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
    if (padded.length > bytes.length && vr != ('U' << 8 | 'I')) {
      padded[bytes.length] = ' ';
    }
    header(tag, vr, padded.length);
    out.writeBytes(padded);
  }

  private void header(int tag, int vr, int length) {
    if (!explicit || vr == 0) {
      tagAndLength(tag, length);
      return;
    }
    boolean wide = vr == SQ || vr == DicomElement.UN;
    ByteBuffer header = numbers(wide ? 12 : 8);
    header.putShort((short) (tag >>> 16)).putShort((short) tag);
    header.put((byte) (vr >> 8)).put((byte) vr);
    if (wide) {
      header.putShort((short) 0).putInt(length);
    } else {
      header.putShort((short) length);
    }
    out.writeBytes(header.array());
  }

  private void tagAndLength(int tag, int length) {
    ByteBuffer header = numbers(8);
    header.putShort((short) (tag >>> 16)).putShort((short) tag).putInt(length);
    out.writeBytes(header.array());
  }

  private ByteBuffer numbers(int size) {
    ByteOrder order = in.order();
    return ByteBuffer.allocate(size).order(order);
  }
}

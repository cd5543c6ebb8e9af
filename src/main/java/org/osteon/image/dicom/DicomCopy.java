package org.osteon.image.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osteon.image.DicomFacts;
import org.osteon.image.ImageFault;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * A DICOM file's data set written anew with only what a rule lets through, and with its pixels. It
 * is written in explicit little endian, whatever it came in; compressed pixels stay compressed.
 * Values are written as what their attribute is, not as what the file says it is.
 */
public final class DicomCopy {
  private static final int DEEPEST = 16;
  private static final int LONGEST_TEXT = 4096;
  private static final int MOST_ITEMS = 100_000;
  private static final int SQ = 'S' << 8 | 'Q';
  private static final int SS = 'S' << 8 | 'S';
  private static final int US = 'U' << 8 | 'S';

  /** Three numbers each: entries, first value mapped, bits (PS3.3 section C.11.1.1.1). */
  private static final Set<Integer> DESCRIPTORS =
      Set.of(
          DicomTag.LUT_DESCRIPTOR,
          DicomTag.RED_PALETTE_DESCRIPTOR,
          DicomTag.GREEN_PALETTE_DESCRIPTOR,
          DicomTag.BLUE_PALETTE_DESCRIPTOR);

  private final ByteReader in;
  private final boolean explicit;
  private final boolean signed;
  private final DicomRule rule;
  private int items;

  private DicomCopy(ByteReader in, boolean explicit, boolean signed, DicomRule rule) {
    this.in = in;
    this.explicit = explicit;
    this.signed = signed;
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

  /** A file whose header cannot be followed up to its pixels: it is not known what would leave. */
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
   * @param pixels writes the pixels
   * @throws UnreadableException where the header or the pixels cannot be read
   */
  public static Copied of(byte[] file, long maxBytes, DicomRule rule, PixelRewrite pixels)
      throws UnreadableException {
    try {
      DicomFile opened = DicomFile.open(file, maxBytes);
      TransferSyntax syntax = opened.syntax();
      if (syntax.coding() == TransferSyntax.Coding.OTHER) {
        throw new RejectedImageException(
            ImageFault.UNSUPPORTED_TRANSFER_SYNTAX, "This transfer syntax is not read.");
      }
      byte[] source = file;
      long from = opened.from();
      if (syntax.deflated()) {
        source = inflated(file, from, maxBytes);
        from = 0;
      }
      ByteReader in = new ByteReader(source, syntax.order());
      boolean signed = opened.data().u16(DicomTag.PIXEL_REPRESENTATION, 0) == 1;
      DicomCopy copy = new DicomCopy(in, syntax.explicit(), signed, rule);
      DicomWriter out = new DicomWriter();
      rule.added().forEach((tag, added) -> out.text(tag, added.vr(), added.value()));
      DicomElement last = copy.dataSet(from, source.length, 0, out);
      if (last != null) {
        copy.pixels(pixels.of(syntax, opened.data(), in, last), syntax, out);
      }
      boolean raw = syntax.coding() == TransferSyntax.Coding.NONE;
      return new Copied(out.bytes(), raw ? TransferSyntax.EXPLICIT_LITTLE.uid() : syntax.uid());
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

  private void pixels(PixelRewrite.Pixels pixels, TransferSyntax syntax, DicomWriter out) {
    if (syntax.coding() == TransferSyntax.Coding.NONE) {
      out.value(DicomTag.PIXEL_DATA, pixels.vr(), pixels.frames().get(0));
    } else {
      out.fragments(pixels.frames());
    }
  }

  /** Copies up to the pixels, which are returned; what lies behind them is left out. */
  private @Nullable DicomElement dataSet(long from, long end, int depth, DicomWriter out)
      throws RejectedImageException {
    DicomElements elements = new DicomElements(in, explicit, from, end);
    for (DicomElement one = elements.header(); one != null; one = elements.header()) {
      if (one.tag() == DicomTag.PIXEL_DATA && depth == 0) {
        return one;
      }
      if (one.tag() == DicomTag.ITEM_DELIMITATION || one.tag() == DicomTag.SEQUENCE_DELIMITATION) {
        if (depth > 0) {
          return null;
        }
        // On the outermost level, one too many.
        elements.passOver(new DicomElement(one.tag(), 0, one.at(), 0));
        continue;
      }
      elements.passOver(one);
      // The first of a tag is the one that is read.
      if (!out.has(one.tag())) {
        copy(one, elements.position(), depth, out);
      }
    }
    return null;
  }

  private void copy(DicomElement one, long end, int depth, DicomWriter out)
      throws RejectedImageException {
    boolean plain = !one.undefined() && one.vr() != SQ;
    switch (rule.of(one.tag())) {
      case KEPT -> {
        if (plain) {
          keep(one, out);
        }
      }
      case REPLACED -> {
        String value = plain && one.length() <= LONGEST_TEXT ? text(one) : "";
        String replaced = rule.replaced(one.tag(), value.replace('\0', ' ').trim());
        if (replaced != null) {
          out.text(one.tag(), rule.vr(one.tag()), replaced);
        }
      }
      case ITEMS -> items(one, end, depth, out);
      case LEFT_OUT -> {}
    }
  }

  private void keep(DicomElement one, DicomWriter out) throws RejectedImageException {
    String vr = rule.vr(one.tag());
    switch (vr) {
      case "US", "SS", "XS" -> {
        int count = DESCRIPTORS.contains(one.tag()) ? 3 : 1;
        if (one.length() >= 2L * count) {
          boolean sign = vr.equals("XS") && (one.vr() == SS || (one.vr() != US && signed));
          out.value(one.tag(), vr.equals("XS") ? sign ? "SS" : "US" : vr, numbers(one, count));
        }
      }
      case "OW" -> {
        // As many entries as the table's descriptor says, of two bytes or of one.
        int entries = out.entries(one.tag());
        boolean wide = one.length() >= 2L * entries;
        if (wide || one.length() >= entries) {
          out.value(one.tag(), vr, wide ? numbers(one, entries) : in.bytes(one.at(), entries));
        }
      }
      default -> {
        String value = one.length() <= LONGEST_TEXT ? text(one) : "";
        if (one.length() <= LONGEST_TEXT && rule.kept(one.tag(), value)) {
          out.text(one.tag(), vr, value.replace('\0', ' ').trim());
        }
      }
    }
  }

  private byte[] numbers(DicomElement one, int count) throws RejectedImageException {
    ByteBuffer numbers = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      numbers.putShort((short) in.u16(one.at() + 2L * i));
    }
    return numbers.array();
  }

  private void items(DicomElement sequence, long end, int depth, DicomWriter out)
      throws RejectedImageException {
    if (depth >= DEEPEST || sequence.vr() == DicomElement.UN) {
      return;
    }
    List<byte[]> copied = new ArrayList<>();
    long at = sequence.at();
    while (at + 8 <= end && ++items <= MOST_ITEMS) {
      DicomElements each = new DicomElements(in, explicit, at, end);
      DicomElement item = each.header();
      if (item == null || item.tag() != DicomTag.ITEM) {
        break;
      }
      each.passOver(item);
      DicomWriter inner = new DicomWriter();
      long last = item.undefined() ? each.position() : item.at() + item.length();
      dataSet(item.at(), last, depth + 1, inner);
      copied.add(inner.bytes());
      at = each.position();
    }
    out.items(sequence.tag(), copied);
  }

  private String text(DicomElement one) throws RejectedImageException {
    return new String(in.bytes(one.at(), one.length()), StandardCharsets.ISO_8859_1);
  }
}

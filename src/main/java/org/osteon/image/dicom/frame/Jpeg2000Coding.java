package org.osteon.image.dicom.frame;

import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/**
 * How a codestream, or a tile of it, is coded: what COD and COC segments say (ITU-T T.800 A.6.1,
 * A.6.2).
 */
final class Jpeg2000Coding {
  private static final int COD = 0xFF52;
  private static final int COC = 0xFF53;
  private static final int WHOLE = 15;

  private final Style[] styles;
  private final boolean[] own;
  private int order;
  private int layers;
  private boolean startMarkers;
  private boolean endMarkers;

  /**
   * Of one component.
   *
   * @param levels of decomposition
   * @param blockWidth exponent of a code block's width
   * @param blockHeight exponent of its height
   * @param mode the code block's style, table A.19
   * @param precincts a byte for each resolution: exponents of its height and width
   */
  @SuppressWarnings("ArrayRecordComponent") // made here and read, never changed
  record Style(int levels, int blockWidth, int blockHeight, int mode, int[] precincts) {
    /** Exponent of a precinct's width at a resolution. */
    int precinctWidth(int resolution) {
      return precincts.length == 0 ? WHOLE : precincts[resolution] & 15;
    }

    /** Exponent of its height. */
    int precinctHeight(int resolution) {
      return precincts.length == 0 ? WHOLE : precincts[resolution] >> 4;
    }
  }

  Jpeg2000Coding(int components) {
    styles = new Style[components];
    own = new boolean[components];
  }

  /** What a tile's own headers are laid over. */
  Jpeg2000Coding copy() {
    Jpeg2000Coding copy = new Jpeg2000Coding(styles.length);
    System.arraycopy(styles, 0, copy.styles, 0, styles.length);
    copy.order = order;
    copy.layers = layers;
    copy.startMarkers = startMarkers;
    copy.endMarkers = endMarkers;
    return copy;
  }

  /** Takes a segment, if it says anything of this. */
  void take(ByteReader in, int marker, long at) throws RejectedImageException {
    if (marker == COD) {
      int flags = in.u8(at + 4);
      startMarkers = (flags & 2) != 0;
      endMarkers = (flags & 4) != 0;
      order = in.u8(at + 5);
      layers = in.u16(at + 6);
      Style style = style(in, at + 9, (flags & 1) != 0);
      for (int i = 0; i < styles.length; i++) {
        styles[i] = own[i] ? styles[i] : style;
      }
    } else if (marker == COC) {
      int wide = styles.length > 256 ? 2 : 1;
      int component = wide == 1 ? in.u8(at + 4) : in.u16(at + 4);
      if (component < styles.length) {
        styles[component] = style(in, at + 5 + wide, (in.u8(at + 4 + wide) & 1) != 0);
        own[component] = true;
      }
    }
  }

  private static Style style(ByteReader in, long at, boolean precincts)
      throws RejectedImageException {
    int levels = in.u8(at);
    int[] sizes = new int[precincts ? levels + 1 : 0];
    for (int r = 0; r < sizes.length; r++) {
      sizes[r] = in.u8(at + 5 + r);
    }
    return new Style(
        levels, (in.u8(at + 1) & 15) + 2, (in.u8(at + 2) & 15) + 2, in.u8(at + 3), sizes);
  }

  /** Of a component; there is none where no COD came. */
  Style style(int component) throws RejectedImageException {
    Style style = styles[component];
    if (style == null) {
      throw RejectedImageException.corrupt("The codestream does not say how it is coded.");
    }
    return style;
  }

  /** Table A.16. */
  int order() {
    return order;
  }

  int layers() {
    return layers;
  }

  /** Whether packets may begin with a marker. */
  boolean startMarkers() {
    return startMarkers;
  }

  /** Whether packets' headers may end with a marker. */
  boolean endMarkers() {
    return endMarkers;
  }
}

package org.osteon.image.dicom.frame;

import java.util.ArrayList;
import java.util.List;
import org.osteon.image.pixels.StuffedBits;

/** The code blocks of one precinct, and what its packets' headers have said of them so far. */
final class Jpeg2000Precinct {
  private static final int BYPASS = 1;
  private static final int ENDED_EACH = 4;

  /** Of a block that is not cut into segments: more than there are. */
  private static final int ALL_PASSES = 1000;

  /** No picture has as many bit planes. */
  private static final int MOST_PLANES = 80;

  /** Bits of a length; more is garbage. */
  private static final int MOST_BITS = 31;

  private final List<Band> bands = new ArrayList<>();
  private final int mode;

  /** A block: how its lengths are coded, and how full its last segment is. */
  private static final class Block {
    private boolean included;
    private int lengthBits = 3;
    private int passes;
    private int mostPasses;
  }

  /** The blocks of one sub-band, row by row. */
  private static final class Band {
    private final List<Block> blocks = new ArrayList<>();
    private final TagTree inclusion;
    private final TagTree planes;

    Band(int width, int height) {
      inclusion = new TagTree(width, height);
      planes = new TagTree(width, height);
      for (int i = 0; i < width * height; i++) {
        blocks.add(new Block());
      }
    }
  }

  /**
   * @param mode style of its code blocks
   */
  Jpeg2000Precinct(int mode) {
    this.mode = mode;
  }

  /** One more sub-band, of so many blocks. */
  void band(int width, int height) {
    if (width > 0 && height > 0) {
      bands.add(new Band(width, height));
    }
  }

  /**
   * Reads a packet's header.
   *
   * @return bytes of its body; -1 where they cannot be told
   */
  long body(StuffedBits in, int layer) {
    long body = 0;
    if (in.bit() == 0) {
      return 0;
    }
    for (Band band : bands) {
      for (int i = 0; i < band.blocks.size(); i++) {
        Block block = band.blocks.get(i);
        boolean more = block.included ? in.bit() == 1 : band.inclusion.isBelow(in, i, layer + 1);
        if (more) {
          begin(in, band, i, block);
          long length = lengths(in, block);
          if (length < 0) {
            return -1;
          }
          body += length;
        }
      }
    }
    return body;
  }

  private static void begin(StuffedBits in, Band band, int i, Block block) {
    if (!block.included) {
      block.included = true;
      for (int planes = 1; planes < MOST_PLANES && !band.planes.isBelow(in, i, planes); ) {
        planes++;
      }
    }
  }

  private long lengths(StuffedBits in, Block block) {
    int passes = passes(in);
    while (in.bit() == 1) {
      block.lengthBits++;
    }
    long length = 0;
    while (passes > 0) {
      if (block.passes == block.mostPasses) {
        block.mostPasses = next(block.mostPasses);
        block.passes = 0;
      }
      int some = Math.min(block.mostPasses - block.passes, passes);
      int bits = block.lengthBits + 31 - Integer.numberOfLeadingZeros(some);
      if (bits > MOST_BITS) {
        return -1;
      }
      length += in.bits(bits);
      block.passes += some;
      passes -= some;
    }
    return length;
  }

  /** Passes of the next segment (D.6): ten, then two raw ones and one coded in turn. */
  private int next(int before) {
    if ((mode & ENDED_EACH) != 0) {
      return 1;
    }
    if ((mode & BYPASS) == 0) {
      return ALL_PASSES;
    }
    return before == 0 ? 10 : before == 2 ? 1 : 2;
  }

  /** Table B.4. */
  private static int passes(StuffedBits in) {
    if (in.bit() == 0) {
      return 1;
    }
    if (in.bit() == 0) {
      return 2;
    }
    int few = in.bits(2);
    if (few < 3) {
      return 3 + few;
    }
    int some = in.bits(5);
    return some < 31 ? 6 + some : 37 + in.bits(7);
  }
}

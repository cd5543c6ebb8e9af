package org.osteon.image.dicom.frame;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.osteon.image.RejectedImageException;

class Jpeg2000HeaderTest {
  private static final ImagePixels PIXELS =
      new ImagePixels(
          4000, 4000, 1, ImagePixels.Photometric.MONOCHROME2, 16, 12, 11, false, false, 1);

  @Test
  void anOrdinaryCodestreamPasses() {
    assertThatCode(() -> check(codestream(4000, 4000, 4000, 1, 5, 4, 0x77)))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherSizeThanTheHeadersIsRefused() {
    refused(codestream(64, 64, 64, 1, 5, 4, 0x77), "64 × 64");
    refused(codestream(30_000, 30_000, 30_000, 1, 5, 4, 0x77), "30000 × 30000");
  }

  @Test
  void precinctsOfOnePixelAreRefused() {
    refused(codestream(4000, 4000, 4000, 1, 5, 4, 0x00), "precincts");
  }

  @Test
  void tilesAndCodeBlocksAndLayersWithoutEndAreRefused() {
    refused(codestream(4000, 4000, 8, 1, 5, 4, 0x77), "tiles");
    refused(codestream(4000, 4000, 4000, 1, 5, 0, 0x77), "code blocks");
    refused(codestream(4000, 4000, 4000, 60_000, 5, 4, 0x77), "layers");
  }

  @Test
  void tilesOfAPictureFarFromTheOriginAreCountedToo() {
    ByteBuffer frame = ByteBuffer.wrap(codestream(4000, 4000, 1, 1, 5, 4, 0x77));
    int end = 0xFFFF_FFFF;
    frame.putInt(8, end).putInt(12, end).putInt(16, end - 4000).putInt(20, end - 4000);
    refused(frame.array(), "tiles");
  }

  @Test
  void aTilePartMaySayItsOwnStyleAndIsHeldToTheSame() {
    byte[] whole = codestream(4000, 4000, 4000, 1, 5, 4, 0x77);
    ByteBuffer more = ByteBuffer.allocate(whole.length + 64);
    more.put(whole, 0, whole.length - 16);
    ByteBuffer style = style(1, 5, 4, 0x00);
    more.putShort((short) 0xFF90).putShort((short) 10).putShort((short) 0);
    more.putInt(12 + style.remaining() + 2).put((byte) 0).put((byte) 1);
    more.put(style).putShort((short) 0xFF93).putShort((short) 0xFFD9);
    byte[] bytes = new byte[more.position()];
    more.flip().get(bytes);
    refused(bytes, "precincts");
  }

  private static void refused(byte[] frame, String why) {
    assertThatThrownBy(() -> check(frame))
        .isInstanceOf(RejectedImageException.class)
        .hasMessageContaining(why);
  }

  private static void check(byte[] frame) throws RejectedImageException {
    Jpeg2000Header.check(frame, PIXELS);
  }

  /** Headers and one empty tile-part of 16 bytes with the end marker. */
  private static byte[] codestream(
      int width, int height, int tile, int layers, int levels, int block, int precinct) {
    ByteBuffer out = ByteBuffer.allocate(256);
    out.putShort((short) 0xFF4F).putShort((short) 0xFF51).putShort((short) 41).putShort((short) 0);
    out.putInt(width).putInt(height).putInt(0).putInt(0);
    out.putInt(tile).putInt(tile).putInt(0).putInt(0);
    out.putShort((short) 1).put((byte) 11).put((byte) 1).put((byte) 1);
    out.put(style(layers, levels, block, precinct));
    out.putShort((short) 0xFF90).putShort((short) 10).putShort((short) 0).putInt(14);
    out.put((byte) 0).put((byte) 1).putShort((short) 0xFF93).putShort((short) 0xFFD9);
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private static ByteBuffer style(int layers, int levels, int block, int precinct) {
    ByteBuffer out = ByteBuffer.allocate(64);
    out.putShort((short) 0xFF52).putShort((short) (12 + levels + 1)).put((byte) 1);
    out.put((byte) 0).putShort((short) layers).put((byte) 0);
    out.put((byte) levels).put((byte) block).put((byte) block).put((byte) 0).put((byte) 1);
    for (int r = 0; r <= levels; r++) {
      out.put((byte) precinct);
    }
    return out.flip();
  }
}

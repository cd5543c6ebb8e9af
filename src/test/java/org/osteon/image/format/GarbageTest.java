package org.osteon.image.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.image.DecodedPlane;
import org.osteon.image.ImageFault;
import org.osteon.image.InputSpec;

/** What is no picture is not read as one, whichever format says that it is. */
class GarbageTest {
  private static final InputSpec SPEC = new InputSpec(64, 64, InputSpec.Resize.STRETCH);

  @ParameterizedTest
  @CsvSource({"5, 1", "5, 16", "32773, 1", "32773, 16", "8, 1", "32946, 16"})
  void garbageUnderATiffsCompressionIsNoPicture(int compression, int strips) {
    for (int seed = 0; seed < 100; seed++) {
      byte[] noise = new byte[4000];
      new Random(seed).nextBytes(noise);
      if (compression == 5 && seed % 2 == 0) {
        // A clear code, as every strip begins.
        noise[0] = (byte) 0x80;
        noise[1] &= 0x7F;
      }
      assertThat(DecodedPlane.faultOf(tiff(compression, strips, noise)))
          .as("seed %d", seed)
          .isEqualTo(ImageFault.CORRUPT_IMAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "PackBits", "ZLib", "Deflate"})
  void whatWritersWriteIsStillRead(String compression) throws Exception {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
      BufferedImage image = new BufferedImage(301, 203, type);
      Random random = new Random(type);
      for (int y = 0; y < 203; y++) {
        for (int x = 0; x < 301; x++) {
          image.getRaster().setSample(x, y, 0, x < 150 ? x : random.nextInt(256));
        }
      }
      Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("tiff");
      ImageWriter writer = writers.next();
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionType(compression);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ImageOutputStream to = ImageIO.createImageOutputStream(out)) {
        writer.setOutput(to);
        writer.write(null, new IIOImage(image, null, null), how);
      }
      assertThat(DecodedPlane.of(out.toByteArray(), SPEC).info().width()).isEqualTo(301);
    }
  }

  @Test
  void aPictureOfOneValueIsNoneInAnyFormat() throws Exception {
    for (String format : new String[] {"jpg", "png", "bmp", "tiff"}) {
      for (int grey : new int[] {0, 128, 255}) {
        BufferedImage image = new BufferedImage(90, 70, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 90 * 70; i++) {
          image.getRaster().setSample(i % 90, i / 90, 0, grey);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        assertThat(DecodedPlane.faultOf(out.toByteArray()))
            .as("%s of %d", format, grey)
            .isEqualTo(ImageFault.DEGENERATE_IMAGE);
      }
    }
  }

  /** 64 × 64 in grey, in so many strips of the same bytes. */
  private static byte[] tiff(int compression, int strips, byte[] data) {
    int[][] entries = {
      {256, 3, 64},
      {257, 3, 64},
      {258, 3, 8},
      {259, 3, compression},
      {262, 3, 1},
      {273, 4, 0},
      {277, 3, 1},
      {278, 3, 64 / strips},
      {279, 4, 0}
    };
    int tables = 8 + 2 + 12 * entries.length + 4;
    int pixels = tables + 8 * strips;
    ByteBuffer out = ByteBuffer.allocate(pixels + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) entries.length);
    for (int[] entry : entries) {
      boolean offsets = entry[0] == 273;
      boolean table = offsets || entry[0] == 279;
      out.putShort((short) entry[0]).putShort((short) entry[1]).putInt(table ? strips : 1);
      int single = offsets ? pixels : data.length;
      out.putInt(!table ? entry[2] : strips == 1 ? single : offsets ? tables : tables + 4 * strips);
    }
    out.putInt(0);
    for (int i = 0; i < strips; i++) {
      out.putInt(pixels);
    }
    for (int i = 0; i < strips; i++) {
      out.putInt(data.length);
    }
    return out.put(data).array();
  }
}

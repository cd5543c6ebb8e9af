package org.osteon.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A picture of four grey fields, in every file format that the tests need; 64 × 48 pixels. */
public final class Quadrants {
  public static final int WIDTH = 64;
  public static final int HEIGHT = 48;

  /** Top left, top right, bottom left, bottom right. */
  public static final int[] GREYS = {20, 90, 160, 240};

  private Quadrants() {}

  public static int grey(int x, int y) {
    return GREYS[(y < HEIGHT / 2 ? 0 : 2) + (x < WIDTH / 2 ? 0 : 1)];
  }

  public static BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int grey = grey(x, y);
        if (type == BufferedImage.TYPE_BYTE_GRAY) {
          image.getRaster().setSample(x, y, 0, grey);
        } else if (type == BufferedImage.TYPE_USHORT_GRAY) {
          image.getRaster().setSample(x, y, 0, grey * 257);
        } else {
          image.setRGB(x, y, new Color(grey, grey, grey).getRGB());
        }
      }
    }
    return image;
  }

  public static BufferedImage enlarged(int factor) {
    BufferedImage large =
        new BufferedImage(WIDTH * factor, HEIGHT * factor, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = large.createGraphics();
    graphics.drawImage(
        image(BufferedImage.TYPE_BYTE_GRAY), 0, 0, WIDTH * factor, HEIGHT * factor, null);
    graphics.dispose();
    return large;
  }

  public static byte[] file(String format, BufferedImage image, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (progressive) {
        settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static byte[] tiff(BufferedImage image, String compression) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (!compression.isEmpty()) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionType(compression);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  public static byte[] greyJpeg() {
    return file("jpeg", image(BufferedImage.TYPE_BYTE_GRAY), false);
  }

  public static byte[] cmykJpeg() {
    try (InputStream in = Quadrants.class.getResourceAsStream("/images/quadrants-cmyk.jpg")) {
      return Objects.requireNonNull(in, "test resource").readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** An EXIF block that holds nothing but an orientation. */
  public static byte[] exif(int orientation) {
    ByteBuffer block = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
    block.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) 1);
    block.putShort((short) 0x0112).putShort((short) 3).putInt(1).putInt(orientation).putInt(0);
    return block.array();
  }

  static byte[] jpegWithOrientation(byte[] jpeg, int orientation) {
    byte[] exif = exif(orientation);
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + exif.length + 10);
    out.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (exif.length + 8));
    out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(exif);
    return out.put(jpeg, 2, jpeg.length - 2).array();
  }
}

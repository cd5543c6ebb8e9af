package org.osteon.dataset;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/** Drawn radiographs for tiny data sets. */
public final class Drawn {
  public static final ImageDecoder DECODER =
      ImageDecoders.standard(new ImageLimits(1 << 22, 1 << 22));

  private Drawn() {}

  /** A JPEG of a seed under any name. */
  public static void jpeg(Path file, long seed, Kind kind) {
    write(file, SyntheticRadiographs.draw(seed, kind).jpeg());
  }

  /** The same picture, mirrored and half the size, as PNG. */
  public static void mirrored(Path file, long seed, Kind kind) {
    try {
      BufferedImage whole =
          ImageIO.read(new ByteArrayInputStream(SyntheticRadiographs.draw(seed, kind).jpeg()));
      int width = whole.getWidth() / 2;
      int height = whole.getHeight() / 2;
      BufferedImage half = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      Graphics2D g = half.createGraphics();
      g.drawImage(whole, width, 0, -width, height, null);
      g.dispose();
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(half, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void text(Path file, String text) {
    write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}

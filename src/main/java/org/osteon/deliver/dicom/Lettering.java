package org.osteon.deliver.dicom;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * Letters out of a picture of DejaVu Sans Mono, because a container has no fonts, and because the
 * same result must give the same pixels on every machine.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class Lettering {
  static final int WIDTH = 11;
  static final int HEIGHT = 22;

  private static final char FIRST = ' ';
  private static final char LAST = '~';
  private static final Raster LETTERS = read();

  private Lettering() {}

  /**
   * Writes from the upper left corner on; what the picture has no letter for is a question mark.
   */
  static void write(BufferedImage image, String text, int left, int top, int colour) {
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i) < FIRST || text.charAt(i) > LAST ? '?' : text.charAt(i);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int cover = LETTERS.getSample((letter - FIRST) * WIDTH + x, y, 0);
          int atX = left + i * WIDTH + x;
          int atY = top + y;
          if (cover > 0 && atX < image.getWidth() && atY < image.getHeight()) {
            image.setRGB(atX, atY, mixed(image.getRGB(atX, atY), colour, cover));
          }
        }
      }
    }
  }

  private static int mixed(int below, int above, int cover) {
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int from = below >> shift & 0xFF;
      int to = above >> shift & 0xFF;
      mixed |= (from + (to - from) * cover / 255) << shift;
    }
    return mixed;
  }

  private static Raster read() {
    try (InputStream file = Lettering.class.getResourceAsStream("letters.png")) {
      if (file == null) {
        throw new IllegalStateException("letters.png is not on the class path.");
      }
      return ImageIO.read(file).getRaster();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

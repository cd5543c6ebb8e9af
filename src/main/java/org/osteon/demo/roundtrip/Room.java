package org.osteon.demo.roundtrip;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.synthetic.SyntheticRadiographs.Radiograph;

/** A room with a tube and a detector, and what its radiographs look like. */
enum Room {
  /** As the version knows them. */
  OLD("room-1", 1, 0),
  /** Its detector is new: a third of the grey values is used, and it is grainy. */
  NEW("room-2", 0.35, 7);

  private final String station;
  private final double gain;
  private final double grain;

  Room(String station, double gain, double grain) {
    this.station = station;
    this.gain = gain;
    this.grain = grain;
  }

  String station() {
    return station;
  }

  /** What the seed shows there: half healthy, a quarter broken, a quarter shattered. */
  static Kind kind(long seed) {
    return seed % 2 == 0 ? Kind.HEALTHY : seed % 4 == 1 ? Kind.FRACTURED : Kind.BEYOND_REPAIR;
  }

  /** The radiograph of a seed; the same each time on one machine. */
  Radiograph take(long seed) {
    Radiograph drawn = SyntheticRadiographs.draw(seed, kind(seed));
    return this == OLD
        ? drawn
        : new Radiograph(changed(drawn.jpeg(), seed), drawn.bodyPart(), drawn.kind());
  }

  private byte[] changed(byte[] jpeg, long seed) {
    Random random = new Random(seed);
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
      WritableRaster raster = image.getRaster();
      int[] row = new int[image.getWidth()];
      for (int y = 0; y < image.getHeight(); y++) {
        raster.getSamples(0, y, row.length, 1, 0, row);
        for (int x = 0; x < row.length; x++) {
          double value = row[x] * gain + random.nextGaussian() * grain;
          row[x] = (int) Math.max(0, Math.min(255, value));
        }
        raster.setSamples(0, y, row.length, 1, 0, row);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream(jpeg.length);
      ImageIO.write(image, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("An image in memory could not be written.", e);
    }
  }
}

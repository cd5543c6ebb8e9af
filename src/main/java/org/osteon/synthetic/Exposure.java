package org.osteon.synthetic;

import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** What the tube and the detector add to a drawing: blur, uneven light, exposure and noise. */
final class Exposure {
  private Exposure() {}

  static byte[] jpeg(BufferedImage drawing, Random random) {
    BufferedImage image = blur(drawing, 2 + random.nextInt(2));
    WritableRaster raster = image.getRaster();
    int width = image.getWidth();
    int height = image.getHeight();
    double gain = 0.8 + 0.4 * random.nextDouble();
    double offset = random.nextDouble() * 18;
    double noise = 3 + 4 * random.nextDouble();
    double cx = width * (0.35 + 0.3 * random.nextDouble());
    double cy = height * (0.35 + 0.3 * random.nextDouble());
    double reach = Math.hypot(width, height);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        double far = Math.hypot(x - cx, y - cy) / reach;
        double value = (offset + row[x] * gain) * (1 - 0.5 * far * far);
        value += random.nextGaussian() * noise;
        row[x] = (int) Math.max(0, Math.min(255, value));
      }
      raster.setPixels(0, y, width, 1, row);
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(40_000);
      ImageIO.write(image, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("An image in memory could not be written.", e);
    }
  }

  private static BufferedImage blur(BufferedImage image, int radius) {
    int side = 2 * radius + 1;
    float[] box = new float[side];
    Arrays.fill(box, 1f / side);
    BufferedImage across =
        new ConvolveOp(new Kernel(side, 1, box), ConvolveOp.EDGE_NO_OP, null).filter(image, null);
    return new ConvolveOp(new Kernel(1, side, box), ConvolveOp.EDGE_NO_OP, null)
        .filter(across, null);
  }
}

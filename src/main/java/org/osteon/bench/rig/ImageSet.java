package org.osteon.bench.rig;

import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.osteon.event.InlineImage;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/**
 * Images that a benchmark sends again and again.
 *
 * @param name for a table
 * @param contentType of all of them
 * @param files whole files
 */
public record ImageSet(String name, String contentType, List<byte[]> files) implements EventImages {
  private static final int SMALL = 60;
  private static final int LARGE = 6;
  private static final int SMALLER_SIDE = 256;
  private static final int ROWS = 2500;
  private static final int COLUMNS = 2048;

  /** What the film adds, in steps of 12 bits, so that files get the sizes that detectors give. */
  private static final double JPEG_NOISE = 26;

  private static final double PNG_NOISE = 0.6;

  /** 512-pixel JPEGs of about 27 kB. */
  public static ImageSet small() {
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < SMALL; i++) {
      files.add(SyntheticRadiographs.draw(500_000 + i, Kind.values()[i % 3]).jpeg());
    }
    return new ImageSet("512 px JPEG", "image/jpeg", files);
  }

  /** 256-pixel JPEGs of about 6 kB. */
  public static ImageSet smaller() {
    List<byte[]> files = new ArrayList<>();
    for (byte[] file : small().files()) {
      files.add(shrunk(file));
    }
    return new ImageSet(SMALLER_SIDE + " px JPEG", "image/jpeg", files);
  }

  /** 5-megapixel grey JPEGs of about 1.4 MB. */
  public static ImageSet largeJpeg() {
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < LARGE; i++) {
      files.add(jpeg(enlarged(i, JPEG_NOISE)));
    }
    return new ImageSet("5 MP JPEG", "image/jpeg", files);
  }

  /** 5-megapixel PNGs of 16 bits a pixel. */
  public static ImageSet largePng() {
    List<byte[]> files = new ArrayList<>();
    for (int i = 0; i < LARGE; i++) {
      files.add(png(enlarged(i, PNG_NOISE)));
    }
    return new ImageSet("5 MP PNG, 16 bit", "image/png", files);
  }

  /** The JPEGs and PNGs of a folder. */
  public static ImageSet of(Path folder) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(ImageSet::shown).sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("There is no .jpg, .jpeg or .png below " + folder + ".");
    }
    return new ImageSet(files.size() + " files", "image/jpeg", files);
  }

  @Override
  public Object image(int n) {
    return new InlineImage(ByteBuffer.wrap(files.get(n % files.size())));
  }

  public double kilobytes() {
    return files.stream().mapToInt(file -> file.length).average().orElse(0) / 1000;
  }

  private static boolean shown(Path file) {
    return file.toString().matches("(?i).*\\.(jpe?g|png)");
  }

  private static byte[] shrunk(byte[] file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Image scaled =
          ImageIO.read(new ByteArrayInputStream(file))
              .getScaledInstance(SMALLER_SIDE, SMALLER_SIDE, Image.SCALE_AREA_AVERAGING);
      BufferedImage small =
          new BufferedImage(SMALLER_SIDE, SMALLER_SIDE, BufferedImage.TYPE_BYTE_GRAY);
      small.createGraphics().drawImage(scaled, 0, 0, null);
      ImageIO.write(small, "jpeg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static BufferedImage enlarged(int seed, double noise) {
    byte[] drawn = SyntheticRadiographs.draw(600_000 + seed, Kind.values()[seed % 3]).jpeg();
    try {
      BufferedImage small = ImageIO.read(new ByteArrayInputStream(drawn));
      BufferedImage large = new BufferedImage(COLUMNS, ROWS, BufferedImage.TYPE_BYTE_GRAY);
      AffineTransform scale =
          AffineTransform.getScaleInstance(
              (double) COLUMNS / small.getWidth(), (double) ROWS / small.getHeight());
      RenderingHints smooth =
          new RenderingHints(
              RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
      large.createGraphics().drawImage(small, new AffineTransformOp(scale, smooth), 0, 0);
      return noisy(large, new Random(seed), noise);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 16 bits a pixel, of which twelve vary. */
  private static BufferedImage noisy(BufferedImage image, Random random, double noise) {
    BufferedImage film = new BufferedImage(COLUMNS, ROWS, BufferedImage.TYPE_USHORT_GRAY);
    WritableRaster out = film.getRaster();
    int[] row = new int[COLUMNS];
    for (int y = 0; y < ROWS; y++) {
      image.getRaster().getSamples(0, y, COLUMNS, 1, 0, row);
      for (int x = 0; x < COLUMNS; x++) {
        double steps = row[x] * 16 + random.nextGaussian() * noise;
        row[x] = Math.max(0, Math.min(4095, (int) steps)) * 16;
      }
      out.setSamples(0, y, COLUMNS, 1, 0, row);
    }
    return film;
  }

  private static byte[] jpeg(BufferedImage film) {
    BufferedImage grey = new BufferedImage(COLUMNS, ROWS, BufferedImage.TYPE_BYTE_GRAY);
    int[] row = new int[COLUMNS];
    for (int y = 0; y < ROWS; y++) {
      film.getRaster().getSamples(0, y, COLUMNS, 1, 0, row);
      for (int x = 0; x < COLUMNS; x++) {
        row[x] /= 256;
      }
      grey.getRaster().setSamples(0, y, COLUMNS, 1, 0, row);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(0.95f);
      writer.write(null, new IIOImage(grey, null, null), quality);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] png(BufferedImage film) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(film, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

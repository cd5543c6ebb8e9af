package org.osteon.synthetic;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws radiographs of no one, for the demo, for tests and as a marked part of the training data:
 * bones within soft tissue, whole, broken or shattered, reproducible from a seed. They look like
 * radiographs from afar and teach nothing about people.
 */
public final class SyntheticRadiographs {
  /** What is drawn; the order is that of the contract's labels. */
  public enum Kind {
    HEALTHY,
    FRACTURED,
    BEYOND_REPAIR
  }

  /**
   * A drawn radiograph.
   *
   * @param jpeg grey JPEG of 420 to 600 pixels a side, some 20 to 40 kB
   * @param bodyPart DICOM's defined term
   * @param kind what was drawn
   */
  @SuppressWarnings("ArrayRecordComponent") // made here and owned by the caller
  public record Radiograph(byte[] jpeg, String bodyPart, Kind kind) {}

  private static final List<String> PARTS = List.of("FOREARM", "HUMERUS", "LEG", "HAND", "WRIST");

  private SyntheticRadiographs() {}

  /** Draws the radiograph of a seed; the same seed and kind give the same bytes on one machine. */
  public static Radiograph draw(long seed, Kind kind) {
    Random random = random(seed, kind);
    String part = bodyPart(random);
    int width = 420 + random.nextInt(180);
    int height = 420 + random.nextInt(180);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.translate(width / 2.0, height / 2.0);
    g.rotate((random.nextDouble() - 0.5) * Math.toRadians(50));
    double scale = Math.min(width, height) / 500.0 * (0.9 + 0.2 * random.nextDouble());
    g.scale(random.nextBoolean() ? scale : -scale, scale);
    List<SyntheticBone> bones = bones(part, random);
    drawTissue(g, bones);
    int hurt = random.nextInt(breakable(part));
    for (int i = 0; i < bones.size(); i++) {
      SyntheticBone bone = bones.get(i);
      if (i != hurt || kind == Kind.HEALTHY) {
        bone.drawWhole(g);
      } else if (kind == Kind.FRACTURED) {
        bone.drawBroken(g, random);
      } else {
        bone.drawShattered(g, random);
      }
    }
    g.dispose();
    return new Radiograph(Exposure.jpeg(image, random), part, kind);
  }

  /** DICOM's defined term of what the seed draws, without drawing it. */
  public static String bodyPart(long seed, Kind kind) {
    return bodyPart(random(seed, kind));
  }

  private static Random random(long seed, Kind kind) {
    return new Random(seed * 31 + kind.ordinal());
  }

  /** The first thing that is drawn from the seed's random numbers. */
  private static String bodyPart(Random random) {
    return PARTS.get(random.nextInt(PARTS.size()));
  }

  /** How many of the bones, from the first on, are large enough for a break to be seen. */
  private static int breakable(String part) {
    return switch (part) {
      case "HUMERUS" -> 1;
      case "HAND" -> 4;
      default -> 2;
    };
  }

  private static List<SyntheticBone> bones(String part, Random random) {
    double down = Math.PI / 2 + (random.nextDouble() - 0.5) * 0.06;
    double w = 0.9 + 0.25 * random.nextDouble();
    List<SyntheticBone> bones = new ArrayList<>();
    switch (part) {
      case "FOREARM" -> {
        bones.add(new SyntheticBone(-42, -215, down, 430, 44 * w));
        bones.add(new SyntheticBone(40, -205, down, 415, 36 * w));
      }
      case "HUMERUS" -> bones.add(new SyntheticBone(0, -220, down, 440, 64 * w));
      case "LEG" -> {
        bones.add(new SyntheticBone(-30, -225, down, 450, 66 * w));
        bones.add(new SyntheticBone(55, -200, down, 410, 28 * w));
      }
      case "HAND" -> fingers(bones, 5, 60, 125, 32 * w, random);
      default -> {
        bones.add(new SyntheticBone(-40, 10, down, 250, 48 * w));
        bones.add(new SyntheticBone(42, 20, down, 240, 36 * w));
        for (int i = 0; i < 6; i++) {
          double cx = -62 + 42 * (i % 4);
          double cy = -48 + 34 * (i / 4);
          bones.add(new SyntheticBone(cx, cy, random.nextDouble(), 34, 34));
        }
        fingers(bones, 5, -75, 105, 26 * w, random);
      }
    }
    return bones;
  }

  /** Metacarpals fanned out upwards from {@code y}, and beyond each a row of phalanges. */
  private static void fingers(
      List<SyntheticBone> bones, int count, double y, double length, double width, Random random) {
    List<SyntheticBone> phalanges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double fan = (i - (count - 1) / 2.0) * 0.15;
      double angle = -Math.PI / 2 + fan + (random.nextDouble() - 0.5) * 0.04;
      double x = (i - (count - 1) / 2.0) * width * 1.45;
      double reach = length * (1 - 0.05 * Math.abs(i - 2));
      bones.add(new SyntheticBone(x, y, angle, reach, width));
      double along = reach + 8;
      for (double share : new double[] {0.62, 0.44}) {
        phalanges.add(
            new SyntheticBone(
                x + Math.cos(angle) * along,
                y + Math.sin(angle) * along,
                angle,
                length * share,
                width * 0.8));
        along += length * share + 7;
      }
    }
    bones.addAll(phalanges);
  }

  private static void drawTissue(Graphics2D g, List<SyntheticBone> bones) {
    for (double[] layer : new double[][] {{2.9, 46}, {2.2, 62}}) {
      g.setColor(SyntheticBone.grey((int) layer[1]));
      for (SyntheticBone bone : bones) {
        float stroke = (float) Math.max(30, bone.width() * layer[0]);
        g.setStroke(new BasicStroke(stroke, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(
            new Line2D.Double(
                bone.x(),
                bone.y(),
                bone.x() + Math.cos(bone.angle()) * bone.length(),
                bone.y() + Math.sin(bone.angle()) * bone.length()));
      }
    }
  }
}

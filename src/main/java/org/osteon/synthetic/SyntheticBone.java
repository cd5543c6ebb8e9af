package org.osteon.synthetic;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Random;

/**
 * One long bone, drawn along its shaft: whole, broken once, or shattered over a part of its length.
 *
 * @param x where the shaft begins, pixels
 * @param y likewise
 * @param angle direction of the shaft, radians
 * @param length pixels
 * @param width of the shaft in its middle, pixels
 */
record SyntheticBone(double x, double y, double angle, double length, double width) {
  private static final int STEPS = 24;

  void drawWhole(Graphics2D g) {
    drawPiece(g, new AffineTransform(), new Area(everything()));
  }

  /** A break through the shaft: a jagged dark gap, a step-off and an angulation. */
  void drawBroken(Graphics2D g, Random random) {
    double at = length * (0.36 + 0.28 * random.nextDouble());
    double slant = (random.nextDouble() - 0.5) * width;
    double gap = Math.max(7, width * (0.18 + 0.12 * random.nextDouble()));
    double side = random.nextBoolean() ? 1 : -1;
    AffineTransform moved = new AffineTransform();
    moved.translate(gap, side * width * (0.22 + 0.3 * random.nextDouble()));
    moved.rotate(side * Math.toRadians(5 + 14 * random.nextDouble()), at, 0);
    Path2D near = jagged(at, slant, random);
    Area far = new Area(everything());
    far.subtract(new Area(near));
    drawPiece(g, new AffineTransform(), new Area(near));
    drawPiece(g, moved, far);
  }

  /** The middle of the shaft in pieces that lie about, the ends out of line. */
  void drawShattered(Graphics2D g, Random random) {
    double from = length * (0.26 + 0.08 * random.nextDouble());
    double to = length * (0.62 + 0.12 * random.nextDouble());
    double side = random.nextBoolean() ? 1 : -1;
    AffineTransform moved = new AffineTransform();
    moved.translate(width * 0.2, side * width * (0.5 + 0.5 * random.nextDouble()));
    moved.rotate(-side * Math.toRadians(8 + 18 * random.nextDouble()), to, 0);
    drawPiece(g, new AffineTransform(), new Area(jagged(from, width * 0.3, random)));
    Area far = new Area(everything());
    far.subtract(new Area(jagged(to, -width * 0.3, random)));
    drawPiece(g, moved, far);
    int fragments = 6 + random.nextInt(4);
    for (int i = 0; i < fragments; i++) {
      double at = from + (to - from) * (i + 0.5) / fragments;
      drawFragment(g, at, random);
    }
  }

  private void drawFragment(Graphics2D g, double at, Random random) {
    double size = width * (0.28 + 0.3 * random.nextDouble());
    Path2D shard = new Path2D.Double();
    int corners = 3 + random.nextInt(3);
    for (int i = 0; i < corners; i++) {
      double turn = 2 * Math.PI * (i + 0.6 * random.nextDouble()) / corners;
      double reach = size * (0.6 + 0.6 * random.nextDouble());
      double px = Math.cos(turn) * reach * 1.3;
      double py = Math.sin(turn) * reach;
      if (i == 0) {
        shard.moveTo(px, py);
      } else {
        shard.lineTo(px, py);
      }
    }
    shard.closePath();
    AffineTransform place = place();
    place.translate(at, (random.nextDouble() - 0.5) * width * 1.7);
    place.rotate(random.nextDouble() * Math.PI);
    Shape placed = place.createTransformedShape(shard);
    g.setColor(grey(150 + random.nextInt(70)));
    g.fill(placed);
  }

  private void drawPiece(Graphics2D g, AffineTransform moved, Area part) {
    AffineTransform place = place();
    place.concatenate(moved);
    layer(g, place, part, 1.0, 205);
    layer(g, place, part, 0.56, 138);
    ends(g, place, part);
  }

  private void layer(Graphics2D g, AffineTransform place, Area part, double thickness, int value) {
    Area area = new Area(outline(thickness));
    area.intersect(part);
    g.setColor(grey(value));
    g.fill(place.createTransformedShape(area));
  }

  /** The ends are spongy: an even grey within a thin rim. */
  private void ends(Graphics2D g, AffineTransform place, Area part) {
    Area area = new Area(outline(0.86));
    Area middle =
        new Area(new Rectangle2D.Double(length * 0.14, -width * 2, length * 0.72, width * 4));
    area.subtract(middle);
    area.intersect(part);
    g.setColor(grey(168));
    g.fill(place.createTransformedShape(area));
  }

  /** The bone's outline about its axis, widening towards both ends. */
  private Path2D outline(double thickness) {
    Path2D path = new Path2D.Double();
    double inset = (1 - thickness) * width * 0.4;
    for (int i = 0; i <= STEPS; i++) {
      double t = (double) i / STEPS;
      double px = inset + t * (length - 2 * inset);
      if (i == 0) {
        path.moveTo(px, -half(t) * thickness);
      } else {
        path.lineTo(px, -half(t) * thickness);
      }
    }
    for (int i = STEPS; i >= 0; i--) {
      double t = (double) i / STEPS;
      path.lineTo(inset + t * (length - 2 * inset), half(t) * thickness);
    }
    path.closePath();
    return path;
  }

  private double half(double t) {
    double towardsEnd = Math.pow(Math.abs(2 * t - 1), 5);
    double rounded = Math.sqrt(Math.max(0, 1 - Math.pow(Math.abs(2 * t - 1), 14)));
    return width / 2 * (1 + 0.75 * towardsEnd) * (0.25 + 0.75 * rounded);
  }

  /** Everything before a jagged line across the shaft at {@code at}. */
  private Path2D jagged(double at, double slant, Random random) {
    Path2D path = new Path2D.Double();
    path.moveTo(-width * 3, -width * 3);
    int teeth = 7;
    for (int i = 0; i <= teeth; i++) {
      double across = -width * 1.2 + 2.4 * width * i / teeth;
      double tooth = (i % 2 == 0 ? 1 : -1) * width * 0.09 * (0.5 + random.nextDouble());
      path.lineTo(at + slant * across / width + tooth, across);
    }
    path.lineTo(-width * 3, width * 3);
    path.closePath();
    return path;
  }

  private Rectangle2D everything() {
    return new Rectangle2D.Double(-width * 3, -width * 3, length + width * 6, width * 6);
  }

  private AffineTransform place() {
    AffineTransform place = new AffineTransform();
    place.translate(x, y);
    place.rotate(angle);
    return place;
  }

  static Color grey(int value) {
    return new Color(value, value, value);
  }
}

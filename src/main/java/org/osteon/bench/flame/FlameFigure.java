package org.osteon.bench.flame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Draws merged stacks as a flame graph: a frame stands on its caller and is as wide as the CPU time
 * that it and what it called took. An SVG that needs nothing else, and whose frames tell their time
 * where a browser's pointer rests on them.
 */
public final class FlameFigure {
  /** Share of the whole below which a frame is part of its caller. */
  private static final double LEAST = 0.003;

  private static final int WIDTH = 1200;
  private static final int MARGIN = 12;
  private static final int ROW = 17;
  private static final int HEAD = 58;

  /** Of a letter, in pixels. */
  private static final double LETTER = 6.1;

  private static final int SHORTEST = 3;

  /** The image and what its time went to; above them stand methods. */
  private static final int PURPOSES = 2;

  /** Whose code it is, by the beginning of its name, and its colour; the first that fits. */
  private enum Owner {
    OSTEON("Osteon", "org.osteon.", "#7fb2dd"),
    KAFKA("Kafka", "org.apache.kafka.", "#f2b97c"),
    ENGINE("DJL and PyTorch", "ai.djl.", "#ee9a91"),
    OPENCV("OpenCV", "org.bytedeco.", "#98cf94"),
    JDK("JDK and others", "", "#d4d0c8"),
    WHOLE("threads and processes", "", "#c3b3d6");

    private final String label;
    private final String prefix;
    private final String colour;

    Owner(String label, String prefix, String colour) {
      this.label = label;
      this.prefix = prefix;
      this.colour = colour;
    }

    static Owner of(String frame, int level) {
      if (level < PURPOSES) {
        return WHOLE;
      }
      return Arrays.stream(values())
          .filter(owner -> frame.startsWith(owner.prefix))
          .findFirst()
          .orElse(JDK);
    }
  }

  private final StringBuilder svg = new StringBuilder();
  private final double all;
  private final int height;

  private FlameFigure(FlameStacks stacks) {
    this.all = stacks.root().micros();
    this.height = HEAD + MARGIN + ROW * depth(stacks.root());
  }

  /**
   * @param title what was measured
   * @param file an SVG
   */
  public static void write(FlameStacks stacks, String title, Path file) throws IOException {
    FlameFigure figure = new FlameFigure(stacks);
    figure.head(title);
    figure.frame(stacks.root(), MARGIN, 0);
    figure.svg.append("</svg>\n");
    Files.writeString(file, figure.svg);
  }

  private void head(String title) {
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="10">
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="%d" y="22" font-size="14">%s</text>
        """
            .formatted(WIDTH, height, MARGIN, escaped(title)));
    int x = MARGIN;
    for (Owner owner : Owner.values()) {
      svg.append(
          """
          <rect x="%d" y="34" width="10" height="10" fill="%s"/><text x="%d" y="43">%s</text>
          """
              .formatted(x, owner.colour, x + 14, owner.label));
      x += 40 + (int) (owner.label.length() * LETTER);
    }
  }

  private void frame(FlameStacks.Frame frame, double x, int level) {
    double width = width(frame);
    double y = height - MARGIN - ROW * (level + 1);
    svg.append(
        String.format(
            Locale.ROOT,
            "<g><title>%s: %.0f µs, %.1f %%</title>"
                + "<rect x=\"%.1f\" y=\"%.0f\" width=\"%.1f\" height=\"%d\" fill=\"%s\" stroke=\"#fff\" stroke-width=\"0.6\"/>",
            escaped(frame.name()),
            frame.micros(),
            100 * frame.micros() / all,
            x,
            y,
            width,
            ROW - 1,
            Owner.of(frame.name(), level).colour));
    int letters = (int) ((width - 5) / LETTER);
    if (letters >= SHORTEST) {
      String label = level < PURPOSES ? frame.name() + micros(frame) : simple(frame.name());
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.0f\">%s</text>",
              x + 3,
              y + ROW - 5,
              escaped(cut(label, letters))));
    }
    svg.append("</g>\n");
    double left = x;
    for (FlameStacks.Frame called : shown(frame)) {
      frame(called, left, level + 1);
      left += width(called);
    }
  }

  private List<FlameStacks.Frame> shown(FlameStacks.Frame frame) {
    return frame.called().stream().filter(each -> each.micros() >= LEAST * all).toList();
  }

  private int depth(FlameStacks.Frame frame) {
    return 1 + shown(frame).stream().mapToInt(this::depth).max().orElse(0);
  }

  private double width(FlameStacks.Frame frame) {
    return (WIDTH - 2 * MARGIN) * frame.micros() / all;
  }

  /** Class and method. */
  private static String simple(String name) {
    int method = name.lastIndexOf('.');
    return name.substring(name.lastIndexOf('.', method - 1) + 1).replace('$', '.');
  }

  private static String micros(FlameStacks.Frame frame) {
    return String.format(Locale.ROOT, ", %,.0f µs", frame.micros());
  }

  private static String cut(String label, int letters) {
    return label.length() <= letters ? label : label.substring(0, letters - 1) + "…";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

package org.osteon.dataset.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.osteon.dataset.ImagePaths;

/**
 * Pictures with their labels below them, a block for each class, as PNG or as a single HTML file.
 */
final class ContactSheet {
  private static final int COLUMNS = 6;
  private static final int GAP = 10;
  private static final int LINE = 15;
  private static final int TITLE = 34;
  private static final int LETTERS = 30;

  private final Map<String, List<LabelledPicture>> blocks;

  /**
   * @param blocks pictures by the title of their block, in order
   */
  ContactSheet(Map<String, List<LabelledPicture>> blocks) {
    this.blocks = blocks;
  }

  /**
   * Writes it in the form that the name asks for.
   *
   * @throws IllegalArgumentException where that is neither {@code .png} nor {@code .html}
   */
  void write(Path file) throws IOException {
    if (isHtml(file)) {
      Files.writeString(file, html());
    } else {
      Canvas.write(image(), file);
    }
  }

  /** Whether it is HTML; false for PNG. */
  static boolean isHtml(Path file) {
    String name = ImagePaths.name(file).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".html") && !name.endsWith(".png")) {
      throw new IllegalArgumentException(
          "'%s' is neither .png nor .html: end --out with one of them.".formatted(name));
    }
    return name.endsWith(".html");
  }

  private BufferedImage image() {
    int cell = LabelledPicture.SIDE + GAP;
    int row = LabelledPicture.SIDE + 3 * LINE + GAP;
    int rows = blocks.values().stream().mapToInt(b -> rows(b.size())).sum();
    BufferedImage image = Canvas.of(COLUMNS * cell + GAP, rows * row + blocks.size() * TITLE + GAP);
    Graphics2D g = Canvas.pen(image);
    int top = 0;
    for (Map.Entry<String, List<LabelledPicture>> block : blocks.entrySet()) {
      g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
      g.drawString(block.getKey(), GAP, top + TITLE - 10);
      g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
      top += TITLE;
      for (int i = 0; i < block.getValue().size(); i++) {
        draw(g, block.getValue().get(i), GAP + i % COLUMNS * cell, top + i / COLUMNS * row);
      }
      top += rows(block.getValue().size()) * row;
    }
    g.dispose();
    return image;
  }

  private static void draw(Graphics2D g, LabelledPicture exhibit, int x, int y) {
    g.drawImage(
        Canvas.grey(exhibit.pixels(), LabelledPicture.SIDE, LabelledPicture.SIDE), x, y, null);
    List<String> lines = exhibit.caption();
    for (int i = 0; i < lines.size(); i++) {
      g.setColor(i == 2 && !exhibit.answer().isEmpty() ? Canvas.RED : Color.DARK_GRAY);
      g.drawString(cut(lines.get(i)), x, y + LabelledPicture.SIDE + (i + 1) * LINE - 3);
    }
    g.setColor(Canvas.INK);
  }

  private String html() throws IOException {
    StringBuilder html = new StringBuilder(1 << 16);
    html.append(
        """
        <!doctype html><meta charset="utf-8"><title>Contact sheet</title>
        <style>body{font:13px sans-serif}figure{display:inline-block;width:200px;margin:4px;\
        vertical-align:top}figcaption{overflow-wrap:anywhere}b{color:#d62728}</style>
        """);
    for (Map.Entry<String, List<LabelledPicture>> block : blocks.entrySet()) {
      html.append("<h2>").append(escaped(block.getKey())).append("</h2>\n");
      for (LabelledPicture exhibit : block.getValue()) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(
            Canvas.grey(exhibit.pixels(), LabelledPicture.SIDE, LabelledPicture.SIDE), "png", png);
        List<String> lines = exhibit.caption();
        String last = escaped(lines.get(2));
        html.append("<figure title=\"")
            .append(escaped(exhibit.sample().file() + " · " + exhibit.sample().source()))
            .append("\"><img src=\"data:image/png;base64,")
            .append(Base64.getEncoder().encodeToString(png.toByteArray()))
            .append("\"><figcaption>")
            .append(escaped(lines.get(0)) + "<br>" + escaped(lines.get(1)) + "<br>")
            .append(exhibit.answer().isEmpty() ? last : "<b>" + last + "</b>")
            .append("</figcaption></figure>\n");
      }
    }
    return html.toString();
  }

  private static int rows(int count) {
    return (count + COLUMNS - 1) / COLUMNS;
  }

  private static String cut(String text) {
    return text.length() <= LETTERS ? text : text.substring(0, LETTERS - 1) + "…";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

package org.osteon.image.dicom.frame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;
import org.osteon.image.pixels.StuffedBits;

/**
 * The packets of one tile, in the order in which they come (ITU-T T.800 annex B): so many and no
 * more, which is how the end of what is coded is found.
 */
final class Jpeg2000Tile {
  private static final int SIZ = 4;
  private static final int START = 0x91;
  private static final int END = 0x92;

  private final Jpeg2000Coding coding;
  private final List<List<Placed>> groups = new ArrayList<>();
  private int group;
  private int layer;
  private int precinct;

  /** A precinct, and what decides when its packets come. */
  private record Placed(
      Jpeg2000Precinct precinct, int component, int resolution, long x, long y, int number) {}

  /** An area, its end not in it. */
  private record Area(long x0, long y0, long x1, long y1) {
    /** Reduced by factors, rounded up. */
    Area reduced(long byX, long byY) {
      return new Area(up(x0, byX), up(y0, byY), up(x1, byX), up(y1, byY));
    }

    boolean isEmpty() {
      return x1 <= x0 || y1 <= y0;
    }
  }

  /**
   * @param in the codestream, whose SIZ lies behind its first marker
   * @param coding of this tile
   */
  Jpeg2000Tile(ByteReader in, Jpeg2000Coding coding, int index) throws RejectedImageException {
    this.coding = coding;
    int components = in.u16(SIZ + 36L);
    long acrossAll = up(in.u32(SIZ + 4L) - in.u32(SIZ + 28L), in.u32(SIZ + 20L));
    long column = index % Math.max(1, acrossAll);
    long row = index / Math.max(1, acrossAll);
    long left = in.u32(SIZ + 28L) + column * in.u32(SIZ + 20L);
    long top = in.u32(SIZ + 32L) + row * in.u32(SIZ + 24L);
    Area tile =
        new Area(
            Math.max(left, in.u32(SIZ + 12L)),
            Math.max(top, in.u32(SIZ + 16L)),
            Math.min(left + in.u32(SIZ + 20L), in.u32(SIZ + 4L)),
            Math.min(top + in.u32(SIZ + 24L), in.u32(SIZ + 8L)));
    List<Placed> all = new ArrayList<>();
    for (int c = 0; c < components; c++) {
      long stepX = Math.max(1, in.u8(SIZ + 39L + 3L * c));
      long stepY = Math.max(1, in.u8(SIZ + 40L + 3L * c));
      Jpeg2000Coding.Style style = coding.style(c);
      for (int r = 0; r <= style.levels(); r++) {
        place(tile, c, r, new long[] {stepX, stepY}, all);
      }
    }
    inOrder(all);
  }

  private void place(Area tile, int component, int r, long[] step, List<Placed> all)
      throws RejectedImageException {
    Jpeg2000Coding.Style style = coding.style(component);
    int down = style.levels() - r;
    Area of = tile.reduced(step[0], step[1]);
    Area resolution = of.reduced(1L << down, 1L << down);
    if (resolution.isEmpty()) {
      return;
    }
    int wide = style.precinctWidth(r);
    int high = style.precinctHeight(r);
    long firstX = resolution.x0 >> wide;
    long firstY = resolution.y0 >> high;
    int number = 0;
    for (long py = firstY; py < up(resolution.y1, 1L << high); py++) {
      for (long px = firstX; px < up(resolution.x1, 1L << wide); px++) {
        Jpeg2000Precinct one = new Jpeg2000Precinct(style.mode());
        for (int band = r == 0 ? 0 : 1; band <= (r == 0 ? 0 : 3); band++) {
          blocks(one, style, r, band(of, down, r, band), px, py);
        }
        long x =
            px == firstX && resolution.x0 % (1L << wide) != 0
                ? tile.x0
                : (px << wide << down) * step[0];
        long y =
            py == firstY && resolution.y0 % (1L << high) != 0
                ? tile.y0
                : (py << high << down) * step[1];
        all.add(new Placed(one, component, r, x, y, number++));
      }
    }
  }

  /** Of a sub-band: 0 is LL, 1 HL, 2 LH, 3 HH (B-15). */
  private static Area band(Area of, int down, int r, int band) {
    if (r == 0) {
      return of.reduced(1L << down, 1L << down);
    }
    int level = down + 1;
    long half = 1L << (level - 1);
    long x = (band & 1) != 0 ? half : 0;
    long y = (band & 2) != 0 ? half : 0;
    return new Area(of.x0 - x, of.y0 - y, of.x1 - x, of.y1 - y).reduced(1L << level, 1L << level);
  }

  private static void blocks(
      Jpeg2000Precinct one, Jpeg2000Coding.Style style, int r, Area band, long px, long py) {
    int halved = r == 0 ? 0 : 1;
    int wide = Math.max(0, style.precinctWidth(r) - halved);
    int high = Math.max(0, style.precinctHeight(r) - halved);
    Area here =
        new Area(
            Math.max(px << wide, band.x0),
            Math.max(py << high, band.y0),
            Math.min(px + 1 << wide, band.x1),
            Math.min(py + 1 << high, band.y1));
    if (here.isEmpty()) {
      return;
    }
    int blockWidth = Math.min(style.blockWidth(), wide);
    int blockHeight = Math.min(style.blockHeight(), high);
    one.band(
        (int) (up(here.x1, 1L << blockWidth) - (here.x0 >> blockWidth)),
        (int) (up(here.y1, 1L << blockHeight) - (here.y0 >> blockHeight)));
  }

  /** B.12.1: by layer, by resolution and layer, or all layers of a place before the next place. */
  private void inOrder(List<Placed> all) {
    Comparator<Placed> byPlace = Comparator.comparingLong(Placed::y).thenComparing(Placed::x);
    Comparator<Placed> byComponent =
        Comparator.comparingInt(Placed::component).thenComparing(Placed::number);
    Comparator<Placed> byResolution = Comparator.comparingInt(Placed::resolution);
    all.sort(
        switch (coding.order()) {
          case 2 -> byResolution.thenComparing(byPlace).thenComparing(byComponent);
          case 3 ->
              byPlace
                  .thenComparing(Placed::component)
                  .thenComparing(byResolution)
                  .thenComparing(Placed::number);
          case 4 ->
              Comparator.comparingInt(Placed::component)
                  .thenComparing(byPlace)
                  .thenComparing(byResolution)
                  .thenComparing(Placed::number);
          default -> byResolution.thenComparing(byComponent);
        });
    int before = -1;
    for (Placed each : all) {
      boolean joins = coding.order() == 0 || coding.order() == 1 && each.resolution == before;
      if (!joins || groups.isEmpty()) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(each);
      before = each.resolution;
    }
  }

  /**
   * Goes through the packets of one tile-part.
   *
   * @return behind the last of them; {@code end} where they go on beyond it or cannot be followed
   */
  int walk(byte[] bytes, int from, int end) {
    int at = from;
    while (group < groups.size() && at < end) {
      List<Placed> now = groups.get(group);
      at = packet(now.get(precinct).precinct, bytes, at, end);
      if (++precinct == now.size()) {
        precinct = 0;
        if (++layer == coding.layers()) {
          layer = 0;
          group++;
        }
      }
    }
    return at;
  }

  private int packet(Jpeg2000Precinct of, byte[] bytes, int from, int end) {
    int at = coding.startMarkers() && isMarker(bytes, from, end, START) ? from + 6 : from;
    StuffedBits in = new StuffedBits(bytes, at, end);
    long body = of.body(in, layer);
    at = in.behind();
    if (coding.endMarkers() && isMarker(bytes, at, end, END)) {
      at += 2;
    }
    return body < 0 || in.ended() || at + body > end ? end : (int) (at + body);
  }

  private static boolean isMarker(byte[] bytes, int at, int end, int code) {
    return at + 2 <= end && bytes[at] == (byte) 0xFF && (bytes[at + 1] & 0xFF) == code;
  }

  private static long up(long value, long by) {
    return -Math.floorDiv(-value, by);
  }
}

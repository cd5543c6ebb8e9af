package org.osteon.image;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Files with a blow somewhere: a bit, some bytes, a piece moved, a piece gone. */
public final class Mutations {
  private Mutations() {}

  /** With one more blow; a file of a few bytes stays as it is. */
  public static byte[] of(byte[] file, Random random) {
    if (file.length < 8) {
      return file;
    }
    byte[] changed = file.clone();
    // Half of all blows go to the first bytes, where the structure is.
    int reach = random.nextBoolean() ? Math.min(400, file.length) : file.length;
    int at = random.nextInt(reach);
    switch (random.nextInt(7)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[at] = (byte) random.nextInt(256);
      case 2 -> changed = Arrays.copyOf(file, at);
      case 3 -> {
        int length = Math.min(1 + random.nextInt(64), file.length - at);
        for (int i = 0; i < length; i++) {
          changed[at + i] = (byte) random.nextInt(256);
        }
      }
      case 4 -> {
        int length = Math.min(1 + random.nextInt(4), file.length - at);
        Arrays.fill(changed, at, at + length, (byte) (random.nextBoolean() ? -1 : 0));
      }
      case 5 -> {
        int from = random.nextInt(file.length);
        int length = Math.min(random.nextInt(300), file.length - Math.max(from, at));
        System.arraycopy(file, from, changed, at, length);
      }
      default -> {
        int gone = Math.min(1 + random.nextInt(100), file.length - at);
        changed = new byte[file.length - gone];
        System.arraycopy(file, 0, changed, 0, at);
        System.arraycopy(file, at + gone, changed, at, file.length - at - gone);
      }
    }
    return changed;
  }

  /** What is mutated: one file of each format, and real ones where they are. */
  public static List<byte[]> files() {
    return MutationProperties.files();
  }
}

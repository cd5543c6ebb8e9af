package org.osteon.image.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.image.ImageFormat;
import org.osteon.image.OpenedImage;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;

/** Formats that are known by their first bytes and not read, so that the reason can say which. */
final class UnreadFormat implements ImageFormat {
  @Override
  public List<String> mediaTypes() {
    return List.of();
  }

  @Override
  public List<String> fileEndings() {
    return List.of();
  }

  @Override
  public boolean recognises(byte[] bytes) {
    return name(bytes) != null;
  }

  @Override
  public OpenedImage open(byte[] bytes) throws RejectedImageException {
    throw RejectedImageException.unsupported(name(bytes) + " is not read.");
  }

  private static @Nullable String name(byte[] bytes) {
    if (has(bytes, 0, "GIF8")) {
      return "GIF";
    }
    if (has(bytes, 0, "RIFF") && has(bytes, 8, "WEBP")) {
      return "WebP";
    }
    if (has(bytes, 4, "jP  ") || ByteReader.startsWith(bytes, 0xFF, 0x4F, 0xFF, 0x51)) {
      return "JPEG 2000";
    }
    if (has(bytes, 4, "ftypavif") || has(bytes, 4, "ftyphei")) {
      return "HEIF";
    }
    if (ByteReader.startsWith(bytes, 'I', 'I', 43, 0)
        || ByteReader.startsWith(bytes, 'M', 'M', 0, 43)) {
      return "BigTIFF";
    }
    return null;
  }

  private static boolean has(byte[] bytes, int at, String ascii) {
    byte[] magic = ascii.getBytes(StandardCharsets.US_ASCII);
    return bytes.length >= at + magic.length
        && java.util.Arrays.equals(bytes, at, at + magic.length, magic, 0, magic.length);
  }
}

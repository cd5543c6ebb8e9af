package org.osteon.image;

import java.util.List;

/** Formats that are known by their first bytes and not read: a better word than "not an image". */
final class UnsupportedFormat implements ImageFormat {
  private record Known(String name, int offset, String magic) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("GIF", 0, "GIF8"),
          new Known("WebP", 8, "WEBP"),
          new Known("DICOM", 128, "DICM"),
          new Known("JPEG 2000", 4, "jP  "),
          new Known("HEIF or AVIF", 4, "ftyp"),
          new Known("PDF", 0, "%PDF"));

  @Override
  public String contentType() {
    return "application/octet-stream";
  }

  @Override
  public boolean matches(byte[] bytes) {
    return name(bytes) != null;
  }

  @Override
  public Header header(byte[] bytes) throws FaultException {
    throw FaultException.unsupported(String.valueOf(name(bytes)));
  }

  private static @org.jspecify.annotations.Nullable String name(byte[] bytes) {
    Reader reader = new Reader(bytes, "", false);
    for (Known known : KNOWN) {
      if (reader.ascii(known.offset, known.magic)) {
        return known.name;
      }
    }
    return null;
  }
}

package org.osteon.image.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageFormat;
import org.osteon.image.ImageLimits;
import org.osteon.image.jpeg.JpegFormat;

/**
 * Formats in the order in which they are asked, and everything that follows from the list: a
 * decoder, media types, file endings. <b>Another format is a class and a line in {@link #STANDARD}.
 * </b>
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class ImageFormats {
  /** What Osteon reads, and what it knows and does not read. */
  public static final ImageFormats STANDARD =
      new ImageFormats(
          List.of(
              new JpegFormat(),
              new PngFormat(),
              // Before TIFF: a DICOM file's preamble may be a TIFF header.
              new DicomFormat(),
              new TiffFormat(),
              new BmpFormat(),
              new UnreadFormat()));

  private final List<ImageFormat> formats;

  /**
   * @param formats the first that recognises a file reads it
   */
  ImageFormats(List<ImageFormat> formats) {
    this.formats = List.copyOf(formats);
  }

  /** With one more, asked before all others. */
  ImageFormats and(ImageFormat another) {
    List<ImageFormat> more = new ArrayList<>(List.of(another));
    more.addAll(formats);
    return new ImageFormats(more);
  }

  /**
   * @param limits what is refused before a pixel is decoded
   */
  public ImageDecoder decoder(ImageLimits limits) {
    return new StandardImageDecoder(limits, formats);
  }

  /** What the names of image files end with, lower case, without the dot. */
  public List<String> fileEndings() {
    return formats.stream().flatMap(format -> format.fileEndings().stream()).toList();
  }

  /** Whether a file's name ends as an image's. */
  public boolean isImage(Path file) {
    return fileEndings().contains(ending(file));
  }

  /** The media type that a file's name suggests; {@code application/octet-stream} where none. */
  public String mediaType(Path file) {
    String ending = ending(file);
    return formats.stream()
        .filter(format -> format.fileEndings().contains(ending))
        .map(format -> format.mediaTypes().get(0))
        .findFirst()
        .orElse("application/octet-stream");
  }

  /** The media type of a file by its first bytes; nothing where they are no image that is read. */
  public Optional<String> mediaType(byte[] bytes) {
    return formats.stream()
        .filter(format -> format.recognises(bytes))
        .findFirst()
        .flatMap(format -> format.mediaTypes().stream().findFirst());
  }

  @Override
  public String toString() {
    return formats.stream()
        .flatMap(format -> format.mediaTypes().stream())
        .collect(Collectors.joining(", "));
  }

  private static String ending(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}

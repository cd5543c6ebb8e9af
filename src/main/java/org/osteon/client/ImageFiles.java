package org.osteon.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osteon.image.format.ImageFormats;

/** The image files under some paths, with the body parts that a manifest.csv gives them. */
public final class ImageFiles {
  /**
   * @param path the file
   * @param bodyPart as the manifest says, in DICOM's upper case; null where it says nothing
   */
  public record Found(Path path, @Nullable String bodyPart) {}

  /**
   * Files as they are, whatever their names; folders with everything below them that has the name
   * of an image, in order of their paths.
   *
   * @throws NoSuchFileException a path does not exist
   */
  public static List<Found> under(Collection<Path> paths) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        Map<String, String> bodyParts = BodyParts.bodyParts(path.resolve("manifest.csv"));
        try (Stream<Path> all = Files.walk(path)) {
          all.filter(file -> ImageFormats.STANDARD.isImage(file) && Files.isRegularFile(file))
              .sorted()
              .forEach(file -> found.add(new Found(file, bodyPart(bodyParts, path, file))));
        }
      } else if (Files.exists(path)) {
        found.add(new Found(path, null));
      } else {
        throw new NoSuchFileException(path.toString());
      }
    }
    return found;
  }

  private static @Nullable String bodyPart(Map<String, String> parts, Path folder, Path file) {
    return parts.get(folder.relativize(file).toString().replace('\\', '/'));
  }

  private ImageFiles() {}
}

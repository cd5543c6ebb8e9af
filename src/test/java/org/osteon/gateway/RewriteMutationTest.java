package org.osteon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.image.Mutations;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/**
 * Changed files at the rewriting of what leaves: it ends in a file or a refusal, a file that a
 * decoder reads shows the same, and writing it once more changes no pixel and no length. {@code
 * -Dosteon.fuzz.seconds} makes it longer, {@code -Dosteon.fuzz.seed} another one.
 */
class RewriteMutationTest {
  private static final long SEED = Long.getLong("osteon.fuzz.seed", 7);
  private static final long SECONDS = Long.getLong("osteon.fuzz.seconds", 0);
  private static final int LEAST = 1500;
  private static final int LARGEST = 400_000;

  @TempDir private Path folder;

  @Test
  void whateverComesLeavesAsTheSamePictureOrNotAtAll() throws Exception {
    Pseudonyms key = Pseudonyms.read(Files.writeString(folder.resolve("key"), "k".repeat(64)));
    // Kept UIDs, so that what left may be written again.
    OutgoingImage.Terms terms =
        new OutgoingImage.Terms(new AttributeTable(), key, false, 40_000_000, 20_000_000);
    List<byte[]> files = files();
    Random random = new Random(SEED);
    int left = 0;
    int same = 0;
    Map<String, Integer> refusedThoughRead = new TreeMap<>();
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    for (int i = 0; i < LEAST || System.nanoTime() - end < 0; i++) {
      byte[] file = files.get(random.nextInt(files.size()));
      for (int blows = random.nextInt(3); blows >= 0; blows--) {
        file = Mutations.of(file, random);
      }
      String before = MarkedFilesTest.plane(file);
      try {
        byte[] cleaned = taken(terms, file);
        left++;
        if (!before.startsWith("refused")) {
          assertThat(MarkedFilesTest.plane(cleaned))
              .as("mutation %d of %d", i, SEED)
              .isEqualTo(before);
          same++;
        }
        byte[] again = taken(terms, cleaned);
        // A pseudonym of a pseudonym is another one, of the same length.
        assertThat(again).as("again, mutation %d of %d", i, SEED).hasSize(cleaned.length);
        assertThat(MarkedFilesTest.plane(again)).isEqualTo(MarkedFilesTest.plane(cleaned));
      } catch (OutgoingImage.RefusedException e) {
        if (!before.startsWith("refused")) {
          refusedThoughRead.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
        }
      }
    }
    assertThat(left).isGreaterThan(LEAST / 5);
    assertThat(same).isGreaterThan(LEAST / 10);
    System.out.println(
        left + " left, " + same + " the same; refused though read: " + refusedThoughRead);
  }

  private static byte[] taken(OutgoingImage.Terms terms, byte[] file)
      throws OutgoingImage.RefusedException {
    return terms.of(new IncomingImage(file, IncomingImage.Facts.ofDicom("", "", false))).file();
  }

  private static List<byte[]> files() throws Exception {
    byte[] drawn = SyntheticRadiographs.draw(3, Kind.FRACTURED).jpeg();
    List<byte[]> files = new ArrayList<>();
    MarkedPictures.jpegs(drawn)
        .forEach(
            (place, file) -> {
              if (place.endsWith("nothing") || place.contains("behind the scan")) {
                files.add(file);
              }
            });
    MarkedPictures.pngs()
        .forEach(
            (place, file) -> {
              if (place.endsWith("nothing") || place.contains("no pixel")) {
                files.add(file);
              }
            });
    Map<String, byte[]> dicom = MarkedDicom.files(drawn);
    dicom.forEach((place, file) -> files.add(file));
    MarkedDicomOfOthers.files().values().stream()
        .filter(f -> f.length < LARGEST)
        .forEach(files::add);
    return files;
  }
}

package org.osteon.dataset.scan;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Sample;
import org.osteon.dataset.split.Groups;
import org.osteon.dataset.split.NearDuplicates;

/**
 * What a scan found in a data set; its fields are those of {@code --json}.
 *
 * @param images that could be read
 * @param sources images of each class by source
 * @param bodyParts images of each class by body part, {@code ?} where unknown
 * @param splits images of each class by the split that the data set gives, {@code ?} where none
 * @param sizes spread of {@code width}, {@code height} and {@code aspect} (width by height)
 * @param grey spread of {@code mean}, {@code deviation} and {@code black} for each class
 * @param unreadable the reason for each file that could not be read
 * @param exactDuplicates files that are the same byte for byte
 * @param nearDuplicates pictures that are the same, beyond the groups that the data set gives
 */
public record ScanReport(
    int images,
    Map<String, Map<String, Integer>> sources,
    Map<String, Map<String, Integer>> bodyParts,
    Map<String, Map<String, Integer>> splits,
    Map<String, Spread> sizes,
    Map<String, Map<String, Spread>> grey,
    Map<String, String> unreadable,
    List<Family> exactDuplicates,
    List<Family> nearDuplicates) {
  /**
   * Pictures that are one.
   *
   * @param files what they are called
   * @param classes what the data set says they are: more than one is a wrong label
   * @param splits where they are: more than one is a leak
   */
  public record Family(List<String> files, List<String> classes, List<String> splits) {
    static Family of(List<Sample> samples) {
      return new Family(
          samples.stream().map(Sample::file).toList(),
          samples.stream().map(s -> ClassWords.CLASSES.get(s.label())).distinct().toList(),
          samples.stream().map(Sample::split).distinct().toList());
    }
  }

  static ScanReport of(
      List<ScannedImage> images, Map<String, String> unreadable, List<NearDuplicates.Pair> pairs) {
    List<Sample> samples = images.stream().map(ScannedImage::sample).toList();
    Map<String, Spread> sizes = new LinkedHashMap<>();
    sizes.put("width", Spread.of(images, ScannedImage::width));
    sizes.put("height", Spread.of(images, ScannedImage::height));
    sizes.put("aspect", Spread.of(images, ScannedImage::aspect));
    return new ScanReport(
        images.size(),
        table(samples, Sample::source),
        table(samples, Sample::bodyPart),
        table(samples, Sample::split),
        sizes,
        grey(images),
        unreadable,
        families(images, ScannedImage::sha256),
        near(images, pairs));
  }

  private static Map<String, Map<String, Integer>> table(
      List<Sample> samples, Function<Sample, String> row) {
    Map<String, Map<String, Integer>> table = new TreeMap<>();
    for (Sample sample : samples) {
      String name = row.apply(sample).isEmpty() ? "?" : row.apply(sample);
      table
          .computeIfAbsent(name, n -> new LinkedHashMap<>())
          .merge(ClassWords.CLASSES.get(sample.label()), 1, Integer::sum);
    }
    return table;
  }

  private static Map<String, Map<String, Spread>> grey(List<ScannedImage> images) {
    Map<String, Map<String, Spread>> grey = new LinkedHashMap<>();
    for (String name : ClassWords.CLASSES) {
      List<ScannedImage> ofClass =
          images.stream()
              .filter(i -> ClassWords.CLASSES.get(i.sample().label()).equals(name))
              .toList();
      Map<String, Spread> spreads = new LinkedHashMap<>();
      spreads.put("mean", Spread.of(ofClass, ScannedImage::mean));
      spreads.put("deviation", Spread.of(ofClass, ScannedImage::deviation));
      spreads.put("black", Spread.of(ofClass, ScannedImage::black));
      grey.put(name, spreads);
    }
    return grey;
  }

  /** Pairs within a group that the data set gives are known: they are no news. */
  private static List<Family> near(List<ScannedImage> images, List<NearDuplicates.Pair> pairs) {
    List<Sample> alone = images.stream().map(i -> i.sample().inGroup(i.sample().file())).toList();
    List<NearDuplicates.Pair> news =
        pairs.stream()
            .filter(
                p -> {
                  ScannedImage a = images.get(p.first());
                  ScannedImage b = images.get(p.second());
                  return !a.sample().group().equals(b.sample().group())
                      && !a.sha256().equals(b.sha256());
                })
            .toList();
    return families(Groups.merged(alone, news), Sample::group, s -> s);
  }

  private static List<Family> families(
      List<ScannedImage> images, Function<ScannedImage, String> key) {
    return families(images, key, ScannedImage::sample);
  }

  private static <T> List<Family> families(
      List<T> items, Function<T, String> key, Function<T, Sample> sample) {
    return items.stream().collect(Collectors.groupingBy(key)).values().stream()
        .filter(family -> family.size() > 1)
        .map(family -> Family.of(family.stream().map(sample).toList()))
        .sorted(Comparator.comparing((Family family) -> family.files().get(0)))
        .toList();
  }
}

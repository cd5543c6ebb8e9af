package org.osteon.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code reference.json} of a version folder: what it was made from, in a few histograms; see
 * {@code training/osteon_training/reference.py}.
 *
 * @param images that were counted
 * @param features {@code grey}, {@code size}, {@code bodyPart}, {@code confidence}, those that are
 *     known
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record InputReference(
    @JsonProperty(required = true) int images,
    @JsonProperty(required = true) Map<String, Feature> features) {
  private static final String FILE = "reference.json";
  private static final int MOST_BINS = 256;
  private static final double ROUNDING = 1e-3;

  /**
   * Bins, by numbers or by names, and what lay in each.
   *
   * @param edges ascending: a value's bin is the number of edges that are not above it
   * @param names a word's bin is its place; one that is not there has the last bin
   * @param shares of each bin, one more than edges or names; together 1
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Feature(
      @JsonSetter(nulls = Nulls.SET) @Nullable List<Double> edges,
      @JsonSetter(nulls = Nulls.SET) @Nullable List<String> names,
      @JsonProperty(required = true) List<Double> shares) {

    /** The bin of a number. */
    public int bin(double value) {
      List<Double> bounds = edges == null ? List.of() : edges;
      int bin = 0;
      while (bin < bounds.size() && bounds.get(bin) <= value) {
        bin++;
      }
      return bin;
    }

    /** The bin of a word, in capitals. */
    public int bin(String word) {
      List<String> known = names == null ? List.of() : names;
      int exact = known.indexOf(word);
      return exact >= 0 ? exact : known.size();
    }

    private boolean isSound() {
      boolean oneKind = (edges == null) != (names == null);
      int bins = (edges != null ? edges.size() : names != null ? names.size() : 0) + 1;
      double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
      return oneKind
          && bins > 1
          && bins <= MOST_BINS
          && shares.size() == bins
          && shares.stream().allMatch(share -> share >= 0)
          && Math.abs(sum - 1) < ROUNDING;
    }
  }

  /**
   * @return empty where the version has none
   * @throws ModelRefusedException where it has one that cannot be read
   */
  public static Optional<InputReference> of(ModelVersion version) {
    Path file = version.folder().resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      InputReference reference = new ObjectMapper().readValue(file.toFile(), InputReference.class);
      if (!reference.features.values().stream().allMatch(Feature::isSound)) {
        throw new ModelRefusedException(
            file + " is no reference: bins and shares do not fit each other.");
      }
      return Optional.of(reference);
    } catch (JsonProcessingException e) {
      throw new ModelRefusedException(
          file + " is no reference: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    } catch (IOException e) {
      throw new ModelRefusedException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }
}

package org.osteon.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osteon.digest.Sha256;

/**
 * A version folder whose manifest is sound and whose files are byte for byte what the manifest
 * says.
 *
 * @param folder the folder
 * @param manifest its {@code model.json}
 * @param sha256 digest of {@code model.json}, which holds the digest of every other file
 */
public record ModelVersion(Path folder, ModelManifest manifest, String sha256) {
  /** The contract's labels in the contract's order; a version may have the first two only. */
  static final List<String> LABELS = List.of("HEALTHY", "FRACTURED", "BEYOND_REPAIR");

  static final String MANIFEST = "model.json";

  /** Beside the manifest, where it is signed. */
  static final String SIGNATURE = MANIFEST + ".sig";

  private static final ObjectMapper JSON =
      new ObjectMapper().setDefaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL));

  /**
   * Reads a version folder and checks every digest.
   *
   * @throws ModelRefusedException where the folder is not what it says
   */
  public static ModelVersion read(Path folder) {
    Path file = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw new ModelRefusedException(
          "There is no model.json in " + folder + "; set model.path to a version's folder.");
    }
    try {
      byte[] json = Files.readAllBytes(file);
      ModelVersion version = new ModelVersion(folder, manifest(json, file), Sha256.of(json));
      version.checkManifest();
      version.checkFiles();
      return version;
    } catch (IOException e) {
      throw new ModelRefusedException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /**
   * @param file named in messages
   */
  static ModelManifest manifest(byte[] json, Path file) throws IOException {
    try {
      return JSON.readValue(json, ModelManifest.class);
    } catch (JsonProcessingException e) {
      throw new ModelRefusedException(
          file + " is no model manifest: " + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    }
  }

  /**
   * A file that a manifest names.
   *
   * @throws ModelRefusedException it lies outside of the folder
   */
  static Path inside(Path folder, String name) {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new ModelRefusedException(
          "Model version %s is refused: its manifest names %s, outside of the folder."
              .formatted(folder, name));
    }
    return file;
  }

  /** The file of a variant. */
  public Path variant(String precision) {
    String file = manifest.variants().get(precision);
    if (file == null) {
      throw new ModelRefusedException(
          folder + " has no " + precision + " variant; it has " + manifest.variants().keySet());
    }
    return folder.resolve(file);
  }

  /** {@code name/version}. */
  public String label() {
    return manifest.name() + "/" + manifest.version();
  }

  private void checkManifest() {
    List<String> classes = manifest.classes();
    if (classes.size() < 2 || !LABELS.subList(0, Math.min(3, classes.size())).equals(classes)) {
      throw refused(
          "its classes are %s, not the first two or all of %s in that order", classes, LABELS);
    }
    if (!(manifest.calibration().temperature() > 0)) {
      throw refused("its calibration temperature is not above 0");
    }
    ModelManifest.Decision decision = manifest.decision();
    checkProbability("doubtProbability", decision.doubtProbability());
    checkProbability("definiteProbability", decision.definiteProbability());
    checkProbability("criticalProbability", decision.criticalProbability());
    checkProbability("minConfidence", decision.minConfidence());
    checkProbability("urgentProbability", decision.urgentProbability());
    if (decision.doubtProbability() != null
        && decision.definiteProbability() != null
        && decision.doubtProbability() > decision.definiteProbability()) {
      throw refused("its doubtProbability is above its definiteProbability");
    }
    if (!Set.of("letterbox", "stretch").contains(manifest.input().resize())) {
      throw refused("its input.resize is neither letterbox nor stretch");
    }
    if (manifest.input().height() < 1 || manifest.input().width() < 1) {
      throw refused("its input is empty");
    }
    if (!manifest.variants().containsKey("f32")) {
      throw refused("it has no f32 variant");
    }
    for (String file : manifest.variants().values()) {
      checkListed(file);
    }
    checkListed(manifest.golden().file());
  }

  private void checkProbability(String name, @Nullable Double value) {
    if (value != null && !(value >= 0 && value <= 1)) {
      throw refused("its decision.%s is not between 0 and 1", name);
    }
  }

  private void checkListed(String file) {
    if (!manifest.files().containsKey(file)) {
      throw refused("its manifest gives no digest for %s", file);
    }
  }

  private void checkFiles() throws IOException {
    for (Map.Entry<String, String> entry : manifest.files().entrySet()) {
      Path file = inside(folder, entry.getKey());
      if (!Files.isRegularFile(file)) {
        throw refused("%s is missing", entry.getKey());
      }
      String found = Sha256.of(file);
      if (!found.equals(entry.getValue())) {
        throw refused(
            "the SHA-256 of %s is %s, not %s as its manifest says",
            entry.getKey(), found, entry.getValue());
      }
    }
  }

  private ModelRefusedException refused(String why, Object... args) {
    return new ModelRefusedException(
        "Model version " + folder + " is refused: " + why.formatted(args) + ".");
  }

  /**
   * Every file that a version is, its manifest and its signature too, by its name in the folder.
   */
  public Map<String, Path> everything() {
    Map<String, Path> all = new TreeMap<>();
    manifest.files().keySet().forEach(name -> all.put(name, folder.resolve(name)));
    all.put(MANIFEST, folder.resolve(MANIFEST));
    if (Files.exists(folder.resolve(SIGNATURE))) {
      all.put(SIGNATURE, folder.resolve(SIGNATURE));
    }
    return all;
  }
}

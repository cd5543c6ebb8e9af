package org.osteon.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osteon.digest.Sha256;

/**
 * Versions that were fetched from a store, each in a folder named by the digest of its manifest. A
 * version is fetched beside and moved there when every digest is right: no reader ever finds half
 * of one. One that is there is not fetched again.
 *
 * <p><b>Threading.</b> Any; processes may share the folder.
 */
public final class VersionCache {
  private static final String PARTIAL = ".partial-";
  private static final long MOST_MANIFEST_BYTES = 4L << 20;
  private static final long MOST_FILE_BYTES = 8L << 30;
  private static final int MOST_VERSIONS = 4;

  private final Path folder;
  private final Store store;

  /**
   * @param folder made where it is missing
   * @param store has the files
   */
  public VersionCache(Path folder, Store store) {
    this.folder = folder;
    this.store = store;
  }

  /** Where versions come from: objects of a bucket, files of an artefact. */
  @FunctionalInterface
  public interface Store {
    /**
     * Copies a file.
     *
     * @param address of the version, a slash and the file's name in it
     * @param target is written anew
     * @param mostBytes that it may have
     * @throws NoSuchFileException there is none
     * @throws IOException it cannot be had; the message is a sentence without an end
     */
    void copy(String address, Path target, long mostBytes) throws IOException, InterruptedException;
  }

  /** Holds a manifest against what is trusted, before any other file of the version is fetched. */
  @FunctionalInterface
  public interface Check {
    /**
     * @param version a folder that holds the manifest and what lies beside it, named so for
     *     messages
     * @throws ModelRefusedException it is not to be used
     */
    void check(Path version);
  }

  /**
   * The version at an address, every digest checked.
   *
   * @param address {@code s3://bucket/prefix/version} or {@code oci://host/repository:tag}
   * @param sha256 of the manifest, lower-case hex; null to take what is there
   * @throws ModelRefusedException where it cannot be had or is not what it says
   */
  public ModelVersion get(String address, @Nullable String sha256, Check check)
      throws InterruptedException {
    if (sha256 != null && isUsable(folder.resolve(sha256), check)) {
      return known(folder.resolve(sha256), check);
    }
    Path version;
    Path beside = null;
    try {
      Files.createDirectories(folder);
      beside = Files.createTempDirectory(folder, PARTIAL);
      version = fetch(address, sha256, beside, check);
    } catch (IOException e) {
      throw new ModelRefusedException(
          "The model version at %s is refused: %s.".formatted(address, because(e)), e);
    } catch (ModelRefusedException e) {
      // Said of the address, not of a folder that is gone again.
      String message = String.valueOf(e.getMessage());
      throw new ModelRefusedException(
          beside == null ? message : message.replace(beside.toString(), address), e);
    } finally {
      remove(beside);
    }
    return known(version, check);
  }

  private Path fetch(String address, @Nullable String sha256, Path beside, Check check)
      throws IOException, InterruptedException {
    String base = address.endsWith("/") ? address : address + "/";
    Path manifest = beside.resolve(ModelVersion.MANIFEST);
    store.copy(base + ModelVersion.MANIFEST, manifest, MOST_MANIFEST_BYTES);
    byte[] json = Files.readAllBytes(manifest);
    String found = Sha256.of(json);
    if (sha256 != null && !found.equals(sha256)) {
      throw new ModelRefusedException(
          "The model version at %s is refused: its manifest is not the one that was deployed."
              .formatted(address));
    }
    Path signature = beside.resolve(ModelVersion.SIGNATURE);
    try {
      store.copy(base + ModelVersion.SIGNATURE, signature, MOST_MANIFEST_BYTES);
    } catch (NoSuchFileException e) {
      // Whether one is needed, the check says.
    }
    check.check(beside);
    Path target = folder.resolve(found);
    if (Files.isDirectory(target)) {
      if (Files.exists(signature)) {
        // It may have been signed since.
        Files.move(
            signature,
            target.resolve(ModelVersion.SIGNATURE),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.ATOMIC_MOVE);
      }
      return target;
    }
    for (String name : ModelVersion.manifest(json, manifest).files().keySet()) {
      Path file = ModelVersion.inside(beside, name);
      Files.createDirectories(file.getParent());
      store.copy(base + name, file, MOST_FILE_BYTES);
    }
    ModelVersion.read(beside);
    try {
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
      // Another process was first, with the same bytes.
      return target;
    }
    return target;
  }

  private static boolean isUsable(Path version, Check check) {
    if (!Files.isDirectory(version)) {
      return false;
    }
    try {
      check.check(version);
      return true;
    } catch (ModelRefusedException e) {
      return false;
    }
  }

  private ModelVersion known(Path version, Check check) {
    check.check(version);
    ModelVersion read = ModelVersion.read(version);
    try {
      Files.setLastModifiedTime(version, FileTime.from(Clock.systemUTC().instant()));
      forgetOld();
    } catch (IOException e) {
      throw new ModelRefusedException(
          "The cache of versions %s cannot be written: %s.".formatted(folder, because(e)), e);
    }
    return read;
  }

  /** Those used last stay: the active one, the one before and a shadow among them. */
  private void forgetOld() throws IOException {
    List<Path> versions;
    try (Stream<Path> found = Files.list(folder)) {
      versions =
          found
              .filter(each -> !String.valueOf(each.getFileName()).startsWith(PARTIAL))
              .sorted(Comparator.comparing(VersionCache::used).reversed())
              .toList();
    }
    versions.stream().skip(MOST_VERSIONS).forEach(VersionCache::remove);
  }

  private static FileTime used(Path version) {
    try {
      return Files.getLastModifiedTime(version);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static void remove(@Nullable Path tree) {
    if (tree == null || !Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // What cannot be removed costs room and harms nothing.
    }
  }

  private static String because(IOException e) {
    return e instanceof NoSuchFileException
        ? "there is no " + e.getMessage()
        : String.valueOf(e.getMessage());
  }
}

package org.osteon.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.osteon.digest.Sha256;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Puts images where references may point to, under their digests: the same image is the same
 * object, however often it is put there.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
public final class ImageUpload implements AutoCloseable {
  private final @Nullable S3Client client;
  private final String bucket;
  private final String prefix;
  private final Path folder;

  /**
   * @param target {@code s3://bucket/prefix} or {@code file:///folder}
   */
  public ImageUpload(String target, FetchSettings.S3 s3) {
    URI uri = URI.create(target);
    boolean isS3 = Addresses.scheme(uri).equals("s3");
    String path = uri.getPath();
    this.client = isS3 ? S3Connection.open(s3) : null;
    this.bucket = isS3 ? uri.getRawAuthority() : "";
    String inside = path.startsWith("/") ? path.substring(1) : path;
    this.prefix = inside.isEmpty() || inside.endsWith("/") ? inside : inside + "/";
    this.folder = isS3 ? Path.of("") : Path.of(path);
  }

  /**
   * Returns when the store has it.
   *
   * @return what an event carries instead of the bytes
   * @throws IOException the store did not take it; the message names the store and no credentials
   */
  public Reference put(byte[] image, String contentType) throws IOException {
    String sha256 = Sha256.of(image);
    String name = sha256.substring(0, 2) + "/" + sha256;
    S3Client s3 = client;
    String uri =
        s3 == null ? putFile(name, image) : putObject(s3, prefix + name, image, contentType);
    return new Reference(uri, image.length, sha256);
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }

  private String putObject(S3Client s3, String key, byte[] image, String contentType)
      throws IOException {
    try {
      s3.putObject(
          PutObjectRequest.builder().bucket(bucket).key(key).contentType(contentType).build(),
          RequestBody.fromBytes(image));
      return "s3://" + bucket + "/" + key;
    } catch (S3Exception e) {
      throw refused(e.statusCode(), code(e), e);
    } catch (SdkException e) {
      // A store may answer and hang up before it has read the image; then its answer is lost.
      if (isMissing(s3)) {
        throw refused(404, "NoSuchBucket", e);
      }
      throw new IOException(
          "s3://%s cannot be reached: correct fetch.s3.endpoint or the credentials of AWS's provider chain."
              .formatted(bucket),
          e);
    }
  }

  private IOException refused(int status, String code, SdkException why) {
    return new IOException(
        "s3://%s did not take the image (%d %s): correct publish.upload.to or the credentials."
            .formatted(bucket, status, code),
        why);
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
  }

  private boolean isMissing(S3Client s3) {
    try {
      s3.headBucket(request -> request.bucket(bucket));
      return false;
    } catch (S3Exception e) {
      return e.statusCode() == 404;
    } catch (SdkException e) {
      return false;
    }
  }

  /** Written beside, forced to the disk and moved: half of it is never read. */
  private String putFile(String name, byte[] image) throws IOException {
    Path file = folder.resolve(name);
    Path beside = Files.createDirectories(folder.resolve(name.substring(0, 2)));
    if (!Files.isRegularFile(file) || Files.size(file) != image.length) {
      Path half = Files.createTempFile(beside, ".half-", "");
      try {
        try (FileChannel out = FileChannel.open(half, StandardOpenOption.WRITE)) {
          ByteBuffer buffer = ByteBuffer.wrap(image);
          while (buffer.hasRemaining()) {
            out.write(buffer);
          }
          out.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(half);
      }
    }
    return file.toUri().toString();
  }
}

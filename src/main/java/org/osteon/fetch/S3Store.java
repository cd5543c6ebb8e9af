package org.osteon.fetch;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.osteon.limit.Deadline;
import org.osteon.limit.Watchdog;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects of a few buckets, {@code s3://bucket/key}. Where it connects to, the configuration says
 * and never an event.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
final class S3Store implements Store {
  /** What says that our own credentials or clock are wrong: no object's fault. */
  private static final Set<String> OUR_FAULT =
      Set.of(
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "TokenRefreshRequired",
          "RequestTimeTooSkewed",
          "AccountProblem");

  private final S3Client client;
  private final List<String> buckets;
  private final String setting;

  /**
   * @param buckets {@code bucket} or {@code bucket/prefix}
   * @param setting the key that names them, for messages
   */
  S3Store(S3Client client, List<String> buckets, String setting) {
    this.client = client;
    this.setting = setting;
    this.buckets = buckets.stream().map(each -> each.contains("/") ? each : each + "/").toList();
  }

  @Override
  public Place place(URI uri) throws Refusal {
    String bucket = uri.getRawAuthority();
    String key = uri.getPath().startsWith("/") ? uri.getPath().substring(1) : "";
    if (bucket == null || key.isEmpty() || uri.getRawQuery() != null) {
      throw Refusal.forbidden("An address in S3 names a bucket and a key, and asks no query.");
    }
    String name = bucket + "/" + key;
    if (buckets.stream().noneMatch(name::startsWith)) {
      throw Refusal.forbidden("The bucket or the prefix is not among " + setting + ".");
    }
    return new S3Place(client, bucket, key);
  }

  @Override
  public void close() {
    client.close();
  }

  private record S3Place(S3Client client, String bucket, String key) implements Place {
    @Override
    public String store() {
      return "s3://" + bucket;
    }

    @Override
    public Opened open(Deadline deadline, Watchdog.Guard guard) throws Refusal, IOException {
      try {
        ResponseInputStream<GetObjectResponse> stream =
            client.getObject(
                GetObjectRequest.builder()
                    .bucket(bucket)
                    .key(key)
                    .overrideConfiguration(o -> o.apiCallTimeout(deadline.left()))
                    .build());
        Long length = stream.response().contentLength();
        // Aborted, not closed: closing would read what is left, whatever its length.
        return new Opened(stream, length == null ? -1 : length, stream::abort, stream::abort);
      } catch (S3Exception e) {
        String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
        Refusal refusal = Refusal.ofStatus(e.statusCode(), store());
        if (refusal != null && !OUR_FAULT.contains(String.valueOf(code))) {
          throw refusal;
        }
        throw new IOException("status " + e.statusCode());
      } catch (SdkException e) {
        throw new IOException(e.getClass().getSimpleName(), e);
      }
    }
  }
}

package org.osteon.fetch;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Opens clients of S3, with credentials from AWS's default provider chain and nowhere else. */
final class S3Connection {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(20);

  private S3Connection() {}

  static S3Client open(FetchSettings.S3 s3) {
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(DefaultCredentialsProvider.builder().build())
            // The JDK's client has a limit on headers; the SDK's others take as many as a store
            // sends. In turn the JDK's holds on to a store that never stops sending 103.
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ))
            .forcePathStyle(s3.pathStyle())
            // Osteon's own digest says more, and stores that only resemble S3 lack theirs.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            // Who calls tries again, within a time that it knows.
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
    s3.endpoint().ifPresent(builder::endpointOverride);
    if (s3.region().isPresent() || s3.endpoint().isPresent()) {
      // A store of one's own has no regions, but a signature must name one.
      builder.region(Region.of(s3.region().orElse("us-east-1")));
    }
    return builder.build();
  }
}

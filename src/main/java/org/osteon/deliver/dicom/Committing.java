package org.osteon.deliver.dicom;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.destination.Outcome.Reasons;
import org.osteon.dimse.Commitment;
import org.osteon.dimse.Peer;
import org.osteon.dimse.ScpSettings;
import org.osteon.dimse.StorageHandler;
import org.osteon.dimse.StorageScp;
import org.osteon.dimse.StorageScu;
import org.osteon.dimse.StoreStatus;
import org.osteon.dimse.pdu.Uid;

/**
 * Asks an archive whether it keeps what it has stored, and waits for what it says: on the
 * association on which it was asked, or on one that the archive asks us for.
 *
 * <p><b>Threading.</b> One thread asks; reports come by any.
 */
public final class Committing implements AutoCloseable {
  private static final int ASSOCIATIONS = 8;

  private final Map<String, CompletableFuture<Commitment.Report>> awaited =
      new ConcurrentHashMap<>();

  private final Duration patience;
  private final Consumer<String> told;
  private final @Nullable StorageScp reports;

  /**
   * How an archive is asked.
   *
   * @param port on which it asks us for an association; null where it reports on ours
   * @param patience how long to wait for its report
   */
  public record Terms(@Nullable Integer port, Duration patience) {}

  private Committing(Terms terms, Peer peer, Consumer<String> told) throws IOException {
    this.patience = terms.patience();
    this.told = told;
    this.reports = terms.port() == null ? null : listen(terms.port(), peer);
  }

  /**
   * Waits for reports from now on.
   *
   * @param peer who is asked, and who we are to it
   * @param told of each end: {@code committed}, {@code failed}, {@code silent}, {@code refused}
   * @throws IOException the port is taken
   */
  public static Committing open(Terms terms, Peer peer, Consumer<String> told) throws IOException {
    return new Committing(terms, peer, told);
  }

  /** The port that is in force, also where 0 was asked for. */
  int port() {
    return reports == null ? 0 : reports.port();
  }

  private StorageScp listen(int port, Peer peer) throws IOException {
    ScpSettings.Peers peers =
        new ScpSettings.Peers() {
          @Override
          public boolean known(InetAddress address) {
            // An archive of several machines reports from any of them; what counts is whether it
            // knows a transaction that we wait for, and those are drawn at random.
            return true;
          }

          @Override
          public boolean allowed(String title, InetAddress address) {
            return title.equals(peer.called());
          }
        };
    return StorageScp.start(
        new ScpSettings(
            port,
            Set.of(peer.calling()),
            peers,
            Set.of(Commitment.SOP_CLASS),
            Set.of(Uid.IMPLICIT_LITTLE_ENDIAN),
            new ScpSettings.Limits(
                1 << 20, ASSOCIATIONS, ASSOCIATIONS, ASSOCIATIONS, peer.patience(), patience),
            peer.tls(),
            false),
        new StorageHandler() {
          @Override
          public StoreStatus store(Instance instance) {
            return StoreStatus.notUnderstood("nothing is stored here");
          }

          @Override
          public StoreStatus reported(Commitment.Report report) {
            CompletableFuture<Commitment.Report> waiting = awaited.get(report.transaction());
            if (waiting != null) {
              waiting.complete(report);
            }
            // What is no longer waited for was asked again: its report is of no use later.
            return StoreStatus.SUCCESS;
          }
        });
  }

  /**
   * Asks.
   *
   * @param instances SOP class by SOP Instance UID, all of them stored
   * @return delivered where all are kept
   * @throws IOException the association ended
   */
  Outcome ask(StorageScu scu, Map<String, String> instances)
      throws IOException, InterruptedException {
    if (scu.syntaxes(Commitment.SOP_CLASS).isEmpty()) {
      told.accept("refused");
      return new Outcome.Refused(
          Reasons.NOT_NEGOTIATED, "It has stored, and offers no storage commitment.");
    }
    String transaction = transaction();
    CompletableFuture<Commitment.Report> report = new CompletableFuture<>();
    awaited.put(transaction, report);
    try {
      StoreStatus status;
      try {
        status = scu.requestCommitment(transaction, instances);
      } catch (IOException e) {
        // It answered all that it was told to store: it is there, and does not want this. Some
        // abort when they do not know whom to report to.
        told.accept("refused");
        return new Outcome.NotNow("N-ACTION: " + e.getMessage());
      }
      if (!status.stored()) {
        told.accept("refused");
        return new Outcome.NotNow(
            "N-ACTION: status %04X %s".formatted(status.code(), status.comment()).trim());
      }
      return ended(reports == null ? onOurs(scu, transaction) : onTheirs(report), instances);
    } finally {
      awaited.remove(transaction);
    }
  }

  private Outcome ended(Commitment.@Nullable Report report, Map<String, String> instances) {
    if (report == null) {
      told.accept("silent");
      return new Outcome.NotNow(
          "It has stored, and did not say within %d s that it keeps it."
              .formatted(patience.toSeconds()));
    }
    Set<String> missing = new TreeSet<>(instances.keySet());
    missing.removeAll(report.committed());
    if (missing.isEmpty()) {
      told.accept("committed");
      return new Outcome.Delivered();
    }
    told.accept("failed");
    String reasons =
        missing.stream()
            .map(each -> "%04X".formatted(report.failed().getOrDefault(each, 0)))
            .distinct()
            .collect(Collectors.joining(", "));
    return new Outcome.NotNow(
        "It does not keep %d of %d: reason %s"
            .formatted(missing.size(), instances.size(), reasons));
  }

  /** Null where it does not come in time. */
  private Commitment.@Nullable Report onOurs(StorageScu scu, String transaction)
      throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        Commitment.Report report = scu.awaitReport(left);
        if (report.transaction().equals(transaction)) {
          return report;
        }
      }
    } catch (SocketTimeoutException e) {
      return null;
    }
  }

  private Commitment.@Nullable Report onTheirs(CompletableFuture<Commitment.Report> report)
      throws InterruptedException {
    try {
      return report.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    }
  }

  /** A UID that was never used before (PS3.5 section B.2). */
  private static String transaction() {
    UUID drawn = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(drawn.getMostSignificantBits())
            .putLong(drawn.getLeastSignificantBits())
            .array();
    return "2.25." + new BigInteger(1, bytes);
  }

  @Override
  public void close() {
    if (reports != null) {
      reports.close();
    }
  }
}

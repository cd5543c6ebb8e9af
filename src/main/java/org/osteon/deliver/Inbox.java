package org.osteon.deliver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.osteon.deliver.destination.Rule;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;

/**
 * What one target has to get: results by its rule, and what was redriven for it. Its consumer group
 * is its own, so it is nowhere else's backlog.
 *
 * <p><b>Threading.</b> The target's; {@link #isAssigned} by any.
 */
final class Inbox implements AutoCloseable {
  private final Map<TopicPartition, Track> tracks = new HashMap<>();
  private final Consumer<byte[], byte[]> consumer;
  private final Letters letters;
  private final Rule rule;
  private final SettledStudies settled;
  private final Duration patience;
  private Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
  private volatile boolean assigned;

  /**
   * @param consumer of the target's group; closed here
   * @param letters takes records apart
   * @param patience how long a result waits for its study to be settled
   */
  Inbox(
      Consumer<byte[], byte[]> consumer,
      Letters letters,
      Rule rule,
      SettledStudies settled,
      Duration patience) {
    this.consumer = consumer;
    this.letters = letters;
    this.rule = rule;
    this.settled = settled;
    this.patience = patience;
    consumer.subscribe(letters.topics(), new Assignment());
  }

  /** Reads on; what the target does not want is passed over. */
  void take(Duration atMost) {
    List<TopicPartition> full = new ArrayList<>();
    tracks.forEach(
        (partition, track) -> full.addAll(track.isFull() ? List.of(partition) : List.of()));
    List<TopicPartition> room = new ArrayList<>(tracks.keySet());
    room.removeAll(full);
    consumer.pause(full);
    consumer.resume(room);
    ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
    Map<TopicPartition, Long> unread = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      unread.put(partition, records.records(partition).get(0).offset());
    }
    try {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        take(record);
        unread.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      }
    } catch (Letters.RegistryAwayException e) {
      unread.forEach(consumer::seek);
      throw e;
    }
    tracks.forEach((partition, track) -> track.reached(consumer.position(partition)));
    settled.readOn();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Track track = tracks.get(new TopicPartition(record.topic(), record.partition()));
    if (track == null || track.isDone(record.offset())) {
      return;
    }
    letters
        .read(record, track.triedBefore(record.offset()))
        .filter(this::isWanted)
        .ifPresentOrElse(track::opened, () -> track.passed(record.offset()));
  }

  private boolean isWanted(Item item) {
    ClassificationResult result = item.result();
    return result == null || item.isRedriven() || rule.wants(result);
  }

  /** Everything that was read and not delivered. */
  List<Item> open() {
    return tracks.values().stream().flatMap(track -> track.open().stream()).toList();
  }

  boolean isUrgent(Item item) {
    ClassificationResult result = item.result();
    return item.isRedriven()
        || result == null
        || result.getFinding() == Finding.DEFINITE
        || result.getFinding() == Finding.CRITICAL;
  }

  /** Whether it has waited for its study as long as it must. */
  boolean mayGo(Item item) {
    ClassificationResult result = item.result();
    return !rule.settled()
        || result == null
        || isUrgent(item)
        || settled.contains(result.getStudyInstanceUid(), result.getProcessedAt())
        || System.currentTimeMillis() - result.getProcessedAt().toEpochMilli()
            >= patience.toMillis();
  }

  void finished(Item item) {
    Track track = tracks.get(new TopicPartition(item.origin().topic(), item.origin().partition()));
    if (track != null) {
      track.finished(item);
    }
  }

  /** Commits where it stands, and how often what is open was tried. */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> marks = marks();
    consumer.commitSync(marks);
    committed = marks;
  }

  void commitIfChanged() {
    if (!marks().equals(committed)) {
      commit();
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> marks() {
    Map<TopicPartition, OffsetAndMetadata> marks = new HashMap<>();
    tracks.forEach((partition, track) -> marks.put(partition, track.mark()));
    return marks;
  }

  /** Records that are not read yet, and those that are open. */
  long backlog() {
    long records = 0;
    for (Map.Entry<TopicPartition, Track> each : tracks.entrySet()) {
      OptionalLong lag = consumer.currentLag(each.getKey());
      boolean results = each.getKey().topic().equals(letters.topics().get(0));
      records += each.getValue().open().size() + (results ? lag.orElse(0) : 0);
    }
    return records;
  }

  /** Timestamp of the oldest that is open and no mere NONE; 0 without one. */
  long oldestFinding() {
    return open().stream()
        .filter(item -> item.result() == null || item.result().getFinding() != Finding.NONE)
        .mapToLong(item -> item.origin().timestamp())
        .min()
        .orElse(0);
  }

  boolean isAssigned() {
    return assigned;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(Set.copyOf(partitions));
      for (TopicPartition partition : partitions) {
        OffsetAndMetadata mark = known.get(partition);
        if (mark == null) {
          // Where it begins is decided once: nothing that comes before its first commit is missed.
          mark = new OffsetAndMetadata(consumer.position(partition), "");
          consumer.commitSync(Map.of(partition, mark));
        }
        tracks.put(partition, Track.of(mark));
      }
      assigned = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      try {
        commit();
      } catch (CommitFailedException | RebalanceInProgressException e) {
        // Somebody else begins where the last commit was, and sends the same once more.
      } catch (KafkaException e) {
        // Likewise.
      }
      partitions.forEach(tracks::remove);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      partitions.forEach(tracks::remove);
    }
  }
}

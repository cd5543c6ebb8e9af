package org.osteon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompactionStyle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TableProperties;
import org.rocksdb.TickerType;
import org.rocksdb.WriteOptions;

/** One budget for the stores of many partitions. */
class BoundedRocksDbTest {
  /** Two on each of twelve partitions. */
  private static final int STORES = 24;

  private static final int RECORDS = 50;

  /** Nearly what a store's own buffer holds. */
  private static final int FULL = 560;

  private static final int MANY = 200_000;
  private static final long LITTLE = 16 << 10;
  private static final long BYTES = BoundedRocksDb.bytes(256L << 20);

  @TempDir private Path folder;

  @Test
  void whatIsWrittenToTheStoresOfManyPartitionsStaysInMemoryWhileItIsLittle() throws Exception {
    RocksDB.loadLibrary();
    List<RocksDB> stores = new ArrayList<>();
    List<Options> opened = new ArrayList<>();
    try {
      for (int i = 0; i < STORES; i++) {
        Options options = options();
        opened.add(options);
        stores.add(RocksDB.open(options, folder.resolve("store-" + i).toString()));
      }
      for (int n = 0; n < RECORDS; n++) {
        for (RocksDB store : stores) {
          store.put(ByteBuffer.allocate(Integer.BYTES).putInt(n).array(), new byte[500]);
        }
      }
      // A write that finds the budget used up begins a new buffer, and a file of the old one.
      for (RocksDB store : stores) {
        assertThat(inMemory(store)).isEqualTo(RECORDS);
      }
    } finally {
      stores.forEach(RocksDB::close);
      opened.forEach(Options::close);
    }
  }

  @Test
  void storesThatRestFullCostThoseThatAreWrittenToNothing() throws Exception {
    RocksDB.loadLibrary();
    List<RocksDB> stores = new ArrayList<>();
    List<Options> opened = new ArrayList<>();
    try (WriteOptions unlogged = new WriteOptions().setDisableWAL(true)) {
      for (int i = 0; i < STORES; i++) {
        Options options = options();
        opened.add(options);
        stores.add(RocksDB.open(options, folder.resolve("store-" + i).toString()));
      }
      RocksDB busy = stores.get(STORES - 1);
      for (RocksDB store : stores) {
        for (int n = 0; n < (store == busy ? RECORDS : FULL); n++) {
          store.put(unlogged, key(n), new byte[500]);
        }
      }
      // Partitions whose backlog is done, or where nobody comes at night.
      for (RocksDB store : stores) {
        assertThat(inMemory(store)).isEqualTo(store == busy ? RECORDS : FULL);
      }
    } finally {
      stores.forEach(RocksDB::close);
      opened.forEach(Options::close);
    }
  }

  @Test
  void aQuestionReadsLittleOfALargeFilesIndexAndFilter() throws Exception {
    RocksDB.loadLibrary();
    try (Options options = options();
        WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
        FlushOptions waiting = new FlushOptions()) {
      try (RocksDB store = RocksDB.open(options, folder.toString())) {
        for (int n = 0; n < MANY; n++) {
          store.put(unlogged, key(n), new byte[Long.BYTES]);
        }
        store.flush(waiting);
        store.compactRange();
        for (TableProperties file : store.getPropertiesOfAllTables().values()) {
          assertThat(file.getIndexSize() / Math.max(1, file.getIndexPartitions()))
              .isLessThan(LITTLE);
        }
      }
      // Opened anew, nothing is in memory.
      try (Statistics seen = new Statistics();
          Options counted = options().setStatistics(seen);
          RocksDB store = RocksDB.open(counted, folder.toString())) {
        long before = seen.getTickerCount(TickerType.BLOCK_CACHE_BYTES_WRITE);
        int asked = 0;
        for (int n = 1; n < MANY; n += MANY / 50) {
          assertThat(store.get(key(-n))).isNull();
          asked++;
        }
        long read = seen.getTickerCount(TickerType.BLOCK_CACHE_BYTES_WRITE) - before;
        assertThat(read / asked).isLessThan(LITTLE);
        assertThat(seen.getTickerCount(TickerType.BLOCK_CACHE_DATA_MISS))
            .as("what is not there is known by its filter")
            .isLessThan(asked / 5);
      }
    }
  }

  @Test
  void noThreadOfItsOwnWritesStatisticsWhileTheProcessEnds() {
    RocksDB.loadLibrary();
    try (Options options = options()) {
      assertThat(options.statsDumpPeriodSec()).isZero();
      assertThat(options.statsPersistPeriodSec()).isZero();
    }
  }

  /** Its digest comes first, so that keys lie in no order. */
  private static byte[] key(int n) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256")
        .digest(ByteBuffer.allocate(Integer.BYTES).putInt(n).array());
  }

  private static Options options() {
    Options options = new Options().setCreateIfMissing(true);
    // As Kafka Streams makes them.
    options.setOptimizeFiltersForHits(true);
    options.setCompactionStyle(CompactionStyle.UNIVERSAL);
    options.setTableFormatConfig(new BlockBasedTableConfig().setFilterPolicy(new BloomFilter()));
    new BoundedRocksDb()
        .setConfig("store", options, new HashMap<>(BoundedRocksDb.properties(BYTES, STORES)));
    return options;
  }

  private static long inMemory(RocksDB store) throws RocksDBException {
    return store.getLongProperty("rocksdb.num-entries-active-mem-table");
  }
}

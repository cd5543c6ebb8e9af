package org.osteon.performance;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the memory of all stores of this process: blocks, indexes, filters and what is not
 * written yet. Without it each store of each partition would have a share of its own.
 *
 * <p><b>Threading.</b> Kafka Streams opens stores from any of its threads.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
  /** Key of its bound in bytes, among the properties of Kafka Streams. */
  static final String BYTES = "osteon.rocksdb.bytes";

  private static final long WRITE_BUFFER = 4L << 20;
  private static final double INDEXES = 0.1;
  private static @Nullable Memory memory;

  /** Of the process, for as long as it lives: closed stores hand their blocks back to it. */
  private record Memory(Cache cache, WriteBufferManager writes) {}

  private static synchronized Memory memory(long bytes) {
    Memory shared = memory;
    if (shared == null) {
      Cache cache = new LRUCache(bytes, -1, false, INDEXES);
      shared = new Memory(cache, new WriteBufferManager(bytes / 2, cache));
      memory = shared;
    }
    return shared;
  }

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    Memory shared = memory(Long.parseLong(String.valueOf(configs.get(BYTES))));
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(shared.cache());
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setWriteBufferManager(shared.writes());
    options.setWriteBufferSize(WRITE_BUFFER);
    options.setMaxWriteBufferNumber(2);
    options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    options.setTableFormatConfig(table);
  }

  @Override
  public void close(String store, Options options) {
    // What is shared belongs to no store.
  }
}

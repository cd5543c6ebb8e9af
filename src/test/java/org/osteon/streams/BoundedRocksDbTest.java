package org.osteon.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** One budget for the stores of many partitions. */
class BoundedRocksDbTest {
  /** Two on each of twelve partitions. */
  private static final int STORES = 24;

  private static final int RECORDS = 50;
  private static final long BYTES = BoundedRocksDb.bytes(256L << 20);

  @TempDir private Path folder;

  @Test
  void whatIsWrittenToTheStoresOfManyPartitionsStaysInMemoryWhileItIsLittle() throws Exception {
    RocksDB.loadLibrary();
    List<RocksDB> stores = new ArrayList<>();
    List<Options> opened = new ArrayList<>();
    try {
      for (int i = 0; i < STORES; i++) {
        Options options = new Options().setCreateIfMissing(true);
        options.setTableFormatConfig(new BlockBasedTableConfig());
        new BoundedRocksDb().setConfig("store", options, Map.of(BoundedRocksDb.BYTES, BYTES));
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

  private static long inMemory(RocksDB store) throws RocksDBException {
    return store.getLongProperty("rocksdb.num-entries-active-mem-table");
  }
}

package dev.parley.local.stores;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an installation keeps its data and where its stores listen, always on loopback.
 *
 * @param folder the data folder; {@code pg/}, {@code dynamodb/}, {@code queues/}, {@code files/}, {@code keys/} and {@code cache/} are made in it
 * @param databasePort TCP port of PostgreSQL; 0 takes a free one
 * @param tablesPort TCP port of DynamoDB; 0 takes a free one
 * @param filesPort TCP port of S3; 0 takes a free one
 * @param tablePrefix put before every table's name
 * @param elsewhere the PostgreSQL to use in place of an own one
 * @param filesElsewhere the S3 server to use in place of an own one
 * @param chaos what DynamoDB does wrong on purpose
 */
public record StoresOptions(
        Path folder,
        int databasePort,
        int tablesPort,
        int filesPort,
        String tablePrefix,
        Optional<DatabaseElsewhere> elsewhere,
        Optional<FilesElsewhere> filesElsewhere,
        TableChaos chaos) {
    public StoresOptions {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(tablePrefix, "tablePrefix");
        Objects.requireNonNull(elsewhere, "elsewhere");
        Objects.requireNonNull(filesElsewhere, "filesElsewhere");
        Objects.requireNonNull(chaos, "chaos");
    }

    /** Free ports and the prefix {@code parley-} over {@code folder}. */
    public static StoresOptions in(Path folder) {
        return new StoresOptions(
                folder.toAbsolutePath().normalize(),
                0,
                0,
                0,
                "parley-",
                Optional.empty(),
                Optional.empty(),
                TableChaos.NONE);
    }

    public StoresOptions databasePort(int port) {
        return new StoresOptions(folder, port, tablesPort, filesPort, tablePrefix, elsewhere, filesElsewhere, chaos);
    }

    public StoresOptions tablesPort(int port) {
        return new StoresOptions(folder, databasePort, port, filesPort, tablePrefix, elsewhere, filesElsewhere, chaos);
    }

    public StoresOptions filesPort(int port) {
        return new StoresOptions(folder, databasePort, tablesPort, port, tablePrefix, elsewhere, filesElsewhere, chaos);
    }

    /** Uses this PostgreSQL and starts none. */
    public StoresOptions database(DatabaseElsewhere other) {
        return new StoresOptions(
                folder, databasePort, tablesPort, filesPort, tablePrefix, Optional.of(other), filesElsewhere, chaos);
    }

    /** Uses this S3 server and starts none. */
    public StoresOptions files(FilesElsewhere other) {
        return new StoresOptions(
                folder, databasePort, tablesPort, filesPort, tablePrefix, elsewhere, Optional.of(other), chaos);
    }

    public StoresOptions chaos(TableChaos wanted) {
        return new StoresOptions(
                folder, databasePort, tablesPort, filesPort, tablePrefix, elsewhere, filesElsewhere, wanted);
    }
}

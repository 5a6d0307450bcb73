package dev.parley.local.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What things cost, and what is assumed of what cannot be counted here: the table {@value #TABLE}. List prices, without any free tier.
 */
final class Prices {
    static final String TABLE = "prices.tsv";

    private static final String ASSUMED = "assumed";

    /**
     * One line of the table.
     *
     * @param dollars for {@code per} of its unit
     */
    record Price(double dollars, double per, String unit, String source) {
        double of(double amount) {
            return amount * dollars / per;
        }
    }

    private final Map<String, Price> prices = new LinkedHashMap<>();
    private final Map<String, Double> assumptions = new LinkedHashMap<>();

    private Prices() {}

    /** Reads the table. @throws IllegalStateException when a line is not four or five columns, or a name is there twice */
    static Prices read() {
        Prices table = new Prices();
        try (InputStream text = Prices.class.getResourceAsStream(TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(table::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private void add(String line) {
        String[] columns = line.split("\t");
        if (columns.length != 5) {
            throw new IllegalStateException(TABLE + " needs five columns: " + line);
        }
        String name = columns[0];
        if (columns[2].equals(ASSUMED)) {
            if (assumptions.put(name, Double.valueOf(columns[1])) != null) {
                throw new IllegalStateException(TABLE + " has " + name + " twice");
            }
            return;
        }
        Price price = new Price(Double.parseDouble(columns[1]), Double.parseDouble(columns[2]), columns[3], columns[4]);
        if (prices.put(name, price) != null) {
            throw new IllegalStateException(TABLE + " has " + name + " twice");
        }
    }

    /** The price of this. @throws IllegalStateException when the table has none */
    Price of(String what) {
        Price price = prices.get(what);
        if (price == null) {
            throw new IllegalStateException(TABLE + " has no price of " + what);
        }
        return price;
    }

    /** What is assumed of this. @throws IllegalStateException when the table does not say */
    double assumed(String what) {
        Double amount = assumptions.get(what);
        if (amount == null) {
            throw new IllegalStateException(TABLE + " assumes nothing of " + what);
        }
        return amount;
    }
}

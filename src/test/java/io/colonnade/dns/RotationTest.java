package io.colonnade.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final int STRIDE = 16;
    private static final int START = 12;

    @Test
    void everyAddressHasEveryPlaceInTurn() {
        assertThat(turns(3, 3, 1, 1, 1)).containsExactly("123", "231", "312");
    }

    @Test
    void ofMoreAddressesThanPlacesAllAreToldInTurn() {
        assertThat(turns(3, 2, 1, 1, 1)).containsExactly("12", "23", "31");
    }

    @Test
    void theFirstPlaceGoesByWeight() {
        var first = new TreeMap<Character, Integer>();
        turns(600, 3, 3, 2, 1).forEach(turn -> first.merge(turn.charAt(0), 1, Integer::sum));
        assertThat(first).containsEntry('1', 300).containsEntry('2', 200).containsEntry('3', 100);
    }

    @Test
    void noAddressIsToldTwiceInOneAnswer() {
        assertThat(turns(500, 3, 7, 5, 1, 1))
                .allSatisfy(turn -> assertThat(turn.chars().distinct()).hasSize(3));
    }

    @Test
    void withOnePlaceItIsTheWeightsShare() {
        var told = turns(1001, 1, 1000, 1);
        assertThat(told.stream().filter("2"::equals)).hasSize(1);
    }

    @Test
    void longAddressesAreWrittenWhole() {
        var address = new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        var out = new byte[64];
        new Rotation(List.of(address), List.of(1), START, 28, 1).write(out, 5);
        assertThat(out).containsSequence(address).startsWith(new byte[17]);
    }

    /** The last octet of each place's address, turn by turn; the addresses are numbered from 1. */
    private static List<String> turns(int count, int places, Integer... weights) {
        var addresses = IntStream.rangeClosed(1, weights.length)
                .mapToObj(i -> new byte[] {10, 0, 0, (byte) i})
                .toList();
        var rotation = new Rotation(addresses, List.of(weights), START, STRIDE, places);
        return IntStream.range(0, count).mapToObj(i -> turn(rotation, places)).toList();
    }

    private static String turn(Rotation rotation, int places) {
        var out = new byte[START + places * STRIDE];
        rotation.write(out, 0);
        var turn = new StringBuilder();
        for (var place = 0; place < places; place++) {
            turn.append(out[START + place * STRIDE + 3]);
        }
        return turn.toString();
    }
}

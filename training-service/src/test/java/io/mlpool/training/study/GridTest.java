package io.mlpool.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridTest {

    @Test
    void everyCombinationIsAPointInTheOrderOfTheNames() {
        Grid grid = new Grid(Map.of("width", List.of(32, 64), "dropout", List.of(0.0, 0.5, 0.7)));

        assertThat(grid.size()).isEqualTo(6);
        assertThat(grid.points())
                .hasSize(6)
                .doesNotHaveDuplicates()
                .startsWith(
                        Map.of("dropout", 0.0, "width", 32),
                        Map.of("dropout", 0.0, "width", 64),
                        Map.of("dropout", 0.5, "width", 32));
    }

    @Test
    void anEmptyGridHasNoPoint() {
        assertThat(new Grid(Map.of()).size()).isZero();
        assertThat(new Grid(Map.of()).points()).isEmpty();
    }

    @Test
    void aValueThatStandsThereTwiceIsRefused() {
        assertThatThrownBy(() -> new Grid(Map.of("width", List.of(8, 8))))
                .hasMessage("the grid has a value of width twice: [8, 8]");
    }

    @Test
    void aNameWithoutValuesIsRefused() {
        assertThatThrownBy(() -> new Grid(Map.of("width", List.of()))).hasMessage("the grid has no value for width");
    }
}

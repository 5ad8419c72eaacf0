package io.mlpool.serving.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SHA256SUMS is missing from /var/lib/pool/3: the bundle is incomplete | SHA256SUMS is missing from 3: the bundle is incomplete
            its public part is not in /etc/mlpool/trusted                        | its public part is not in trusted
            MLflow at http://mlflow:5000/api/2.0 does not answer                 | MLflow at http://mlflow:5000/api/2.0 does not answer
            ./mlpool signing sign signs versions                                 | ./mlpool signing sign signs versions
            """)
    void foldersOfTheServerAreCalledByTheirLastName(String reason, String told) {
        assertThat(PublicWords.of(reason)).isEqualTo(told);
    }
}

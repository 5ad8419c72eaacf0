package io.mlpool.standalone.nab;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an alarm in each row of a series is worth. */
final class NabWeights {

    private final NabSeries series;
    private final int firstWindow;
    private final NabProfile profile;

    /** @param firstWindow number that the first window of this series has in the corpus */
    NabWeights(NabSeries series, int firstWindow, NabProfile profile) {
        this.series = series;
        this.firstWindow = firstWindow;
        this.profile = profile;
    }

    List<NabScore.Alarm> alarms(double[] scores) {
        List<NabScore.Alarm> alarms = new ArrayList<>();
        int next = 0;
        for (int row = 0; row < scores.length; row++) {
            if (next < series.windows().size() && series.windows().get(next).last() < row) {
                next++;
            }
            if (row >= series.probation()) {
                alarms.add(alarm(row, scores[row], next));
            }
        }
        return alarms;
    }

    /** @param next the window that the row lies in or before */
    private NabScore.Alarm alarm(int row, double score, int next) {
        List<NabSeries.Window> windows = series.windows();
        if (next < windows.size() && windows.get(next).first() <= row) {
            return new NabScore.Alarm(score, within(windows.get(next), row), firstWindow + next);
        }
        return new NabScore.Alarm(score, outside(next == 0 ? null : windows.get(next - 1), row), -1);
    }

    private double within(NabSeries.Window window, int row) {
        double position = -(window.last() - row + 1) / (double) window.rows();
        return profile.found() * sigmoid(position) / sigmoid(-1);
    }

    private double outside(NabSeries.@Nullable Window before, int row) {
        if (before == null) {
            return -profile.falseAlarm();
        }
        return profile.falseAlarm() * sigmoid((row - before.last()) / (double) (before.rows() - 1));
    }

    /** From 1 well before the end of a window over 0 at its end to -1 well behind it; lengths of the window as unit. */
    private static double sigmoid(double position) {
        return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
    }
}

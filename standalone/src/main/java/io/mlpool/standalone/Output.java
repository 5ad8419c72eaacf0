package io.mlpool.standalone;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a command says on standard output; a mixin. */
@Command
final class Output {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** One line, formatted as by {@link String#format}. */
    @FormatMethod
    void line(String format, @Nullable Object... values) {
        if (command == null) {
            throw new IllegalStateException("picocli has not started this command");
        }
        command.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
    }
}

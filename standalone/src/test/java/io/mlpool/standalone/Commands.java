package io.mlpool.standalone;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The command {@code ./mlpool} as a user types it. */
final class Commands {

    private Commands() {}

    record Result(int code, String out, String err) {

        String firstLine() {
            return out.lines().findFirst().orElse("");
        }
    }

    static Result execute(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Mlpool.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        int code = command.execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}

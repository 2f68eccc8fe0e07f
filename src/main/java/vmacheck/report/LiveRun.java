package vmacheck.report;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import vmacheck.call.Result;
import vmacheck.call.ResultText;
import vmacheck.counterexample.Counterexample;
import vmacheck.live.Aspect;
import vmacheck.live.LiveReplay;
import vmacheck.live.Observed;

/// Files that were replayed on a kernel.
///
/// @param kernel  its name
/// @param aspects what was compared
/// @param notes   what was not compared or not done, and why
public record LiveRun(String kernel, Vector<Aspect> aspects, Vector<String> notes, Vector<Played> files) {

    /// One file under some rules.
    ///
    /// @param file as the user named it
    public record Played(String file, Counterexample counterexample, LiveReplay replay) {

        /// Whether kernel and model agree, and with the results in the file.
        public boolean agrees() {
            return replay.agrees() && contradicted().isEmpty();
        }

        /// Calls whose result is not the one in the file, counted from 0. Results in a file are those under the rules
        /// that it names, or anybody's if it names none, for as long as all that it says can be done.
        public Vector<Integer> contradicted() {
            return Vector.range(0, replay.steps().size())
                    .filter(index -> contradiction(index).isDefined());
        }

        /// The result in the file, if the kernel gives another one.
        Option<Result> contradiction(int index) {
            String rules = counterexample.rules();
            boolean promised = rules == null || rules.equals(replay.rules().name());
            boolean done = replay.unsetLimits().isEmpty()
                    && Vector.rangeClosed(0, index)
                            .forAll(call -> replay.replaced(call).isEmpty());
            return promised && done
                    ? counterexample
                            .results()
                            .get(index)
                            .filter(result -> replay.seen(index)
                                    .exists(seen -> !seen.result().equals(plain(result))))
                    : Option.none();
        }

        /// The result of a call on the kernel, in the text form; `?` if it did not come so far.
        String result(int index) {
            Result model = replay.steps().get(index).result();
            return replay.seen(index)
                    .map(Observed.Step::result)
                    .map(seen -> seen.equals(plain(model)) ? ResultText.print(model) : seen)
                    .getOrElse("?");
        }

        /// As a kernel gives it: it does not know what stands in a file.
        private static String plain(Result result) {
            return result instanceof Result.Value(int value) ? Integer.toString(value) : ResultText.print(result);
        }
    }

    public boolean agrees() {
        return files.forAll(Played::agrees);
    }
}

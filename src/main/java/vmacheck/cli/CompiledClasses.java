package vmacheck.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/// Where the compiler puts its classes: in memory.
final class CompiledClasses extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Output> classes = new TreeMap<>();

    CompiledClasses(JavaFileManager files) {
        super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        Output output = new Output(className, kind);
        classes.put(className, output);
        return output;
    }

    /// Class files by the name of their class, sorted.
    Map<String, byte[]> bytes() {
        Map<String, byte[]> all = new TreeMap<>();
        classes.forEach((name, output) -> all.put(name, output.bytes.toByteArray()));
        return all;
    }

    private static final class Output extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Output(String className, Kind kind) {
            super(URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }
}

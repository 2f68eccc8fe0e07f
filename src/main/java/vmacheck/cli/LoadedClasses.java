package vmacheck.cli;

import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Vector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Classes from a folder that is gone afterwards: they are kept in memory, as some are needed only later.
final class LoadedClasses extends ClassLoader {
    private static final String SUFFIX = ".class";

    private final Map<String, byte[]> bytes;

    private LoadedClasses(Map<String, byte[]> bytes) {
        super(LoadedClasses.class.getClassLoader());
        this.bytes = bytes;
    }

    /// All classes in the folder, sorted by name.
    static Vector<Class<?>> load(Path folder) throws IOException {
        Map<String, byte[]> bytes = HashMap.empty();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : Vector.ofAll(files).filter(path -> path.toString().endsWith(SUFFIX))) {
                String path = folder.relativize(file).toString();
                String name = path.substring(0, path.length() - SUFFIX.length()).replace(File.separatorChar, '.');
                bytes = bytes.put(name, Files.readAllBytes(file));
            }
        }
        LoadedClasses loader = new LoadedClasses(bytes);
        return Vector.ofAll(bytes.keySet()).sorted().map(loader::require);
    }

    private Class<?> require(String name) {
        try {
            return loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] found = bytes.get(name).getOrElseThrow(() -> new ClassNotFoundException(name));
        return defineClass(name, found, 0, found.length);
    }
}

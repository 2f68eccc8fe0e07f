package vmacheck.cli;

import io.vavr.collection.Vector;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import vmacheck.check.trial.OwnCode;

/// Loads the classes of a user's file so that they burn fuel: at each jump backward and at the start of each method
/// they call [OwnCode#burn]. The loader bears the file's name, which is how a stack trace tells where the code is.
final class OwnClasses extends ClassLoader {
    private static final ClassDesc OWN_CODE = ClassDesc.of(OwnCode.class.getName());
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

    private final Map<String, byte[]> bytes;

    private OwnClasses(String file, Map<String, byte[]> bytes) {
        super(OwnCode.LOADER_PREFIX + file, OwnClasses.class.getClassLoader());
        this.bytes = bytes;
    }

    /// All classes, in the order of their names, not yet initialised.
    static Vector<Class<?>> load(String file, Map<String, byte[]> bytes) {
        OwnClasses loader = new OwnClasses(file, bytes);
        return Vector.ofAll(bytes.keySet()).map(loader::require);
    }

    private Class<?> require(String name) {
        try {
            return loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The file's own classes hide any of the same name.
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return bytes.containsKey(name) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] found = bytes.get(name);
        if (found == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] burning = burning(found);
        return defineClass(name, burning, 0, burning.length);
    }

    private static byte[] burning(byte[] original) {
        ClassFile format = ClassFile.of();
        return format.transformClass(
                format.parse(original),
                ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Burning::new)));
    }

    private static final class Burning implements CodeTransform {
        private final Set<Label> passed = new HashSet<>();

        @Override
        public void atStart(CodeBuilder builder) {
            burn(builder);
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            switch (element) {
                case LabelTarget target -> passed.add(target.label());
                case BranchInstruction branch when passed.contains(branch.target()) -> burn(builder);
                default -> {}
            }
            builder.with(element);
        }

        private static void burn(CodeBuilder builder) {
            builder.invokestatic(OWN_CODE, "burn", NOTHING);
        }
    }
}
